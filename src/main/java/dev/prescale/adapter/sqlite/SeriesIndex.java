package dev.prescale.adapter.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.control.TrafficSource;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All stored series by key, in memory: a read finds its rows without asking the file which tags there are. */
final class SeriesIndex {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> TAGS = new TypeReference<>() {};

    private volatile State state = new State(Map.of());

    /** What is known at one time. The matches of each source are looked up once. */
    private record State(Map<SeriesKey, Long> ids, Map<Selector, List<Long>> matches) {
        State(Map<SeriesKey, Long> ids) {
            this(ids, new ConcurrentHashMap<>());
        }
    }

    private record Selector(String measurement, Map<String, String> tags, String field) {
        List<Long> in(Map<SeriesKey, Long> ids) {
            return ids.entrySet().stream()
                    .filter(entry -> matches(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .sorted()
                    .toList();
        }

        boolean matches(SeriesKey key) {
            return key.measurement().equals(measurement)
                    && key.field().equals(field)
                    && key.tags().entrySet().containsAll(tags.entrySet());
        }
    }

    /** Reads the index anew. */
    void load(Database database) throws SQLException {
        state = database.read(session -> new State(stored(session)));
    }

    private static Map<SeriesKey, Long> stored(Session session) throws SQLException {
        Map<SeriesKey, Long> ids = new HashMap<>();
        try (ResultSet rows = session.prepared("SELECT id, measurement, field, tags FROM series")
                .executeQuery()) {
            while (rows.next()) {
                ids.put(new SeriesKey(rows.getString(2), tags(rows.getString(4)), rows.getString(3)), rows.getLong(1));
            }
        }
        return ids;
    }

    int size() {
        return state.ids().size();
    }

    Collection<Long> ids() {
        return state.ids().values();
    }

    @Nullable
    Long idOf(SeriesKey key) {
        return state.ids().get(key);
    }

    /** Ids of the series that have the measurement, the field and all tags of the source. */
    List<Long> matching(TrafficSource source) {
        State present = state;
        return present.matches()
                .computeIfAbsent(
                        new Selector(source.measurement(), source.tags(), source.field()),
                        selector -> selector.in(present.ids()));
    }

    /** Makes series that have been committed known to readers. What was looked up before is completed, not dropped. */
    void add(Map<SeriesKey, Long> committed) {
        if (committed.isEmpty()) {
            return;
        }
        State before = state;
        Map<SeriesKey, Long> ids = new HashMap<>(before.ids());
        ids.putAll(committed);
        State after = new State(ids);
        before.matches().forEach((selector, matching) -> {
            List<Long> added = selector.in(committed);
            after.matches()
                    .put(
                            selector,
                            Stream.concat(matching.stream(), added.stream()).toList());
        });
        state = after;
    }

    /** Writes a series within the transaction of the session and gives its id, also where another process wrote it first. */
    static long insert(Session session, SeriesKey key) throws SQLException {
        PreparedStatement insert = session.prepared("""
                INSERT INTO series (measurement, field, tags) VALUES (?, ?, ?)
                ON CONFLICT (measurement, field, tags) DO UPDATE SET tags = excluded.tags
                RETURNING id""");
        insert.setString(1, key.measurement());
        insert.setString(2, key.field());
        insert.setString(3, json(key));
        try (ResultSet rows = insert.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String json(SeriesKey key) {
        try {
            return JSON.writeValueAsString(key.tags());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> tags(String json) throws SQLException {
        try {
            return JSON.readValue(json, TAGS);
        } catch (JsonProcessingException damaged) {
            throw new SQLException("the tags of a stored series are damaged: " + json, damaged);
        }
    }
}
