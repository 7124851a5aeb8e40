package dev.prescale.adapter.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.control.DecisionLog;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The journal in the embedded store: one row per decision, the decision itself as JSON. */
public final class SqliteDecisionLog implements DecisionLog {
    /** A page that fits into memory and into an answer. */
    static final int LARGEST_PAGE = 10_000;

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Database database;

    SqliteDecisionLog(Database database) {
        this.database = database;
    }

    @Override
    public void append(DecisionRecord decision) {
        String json = json(decision);
        try {
            database.write(Durability.PROCESS_CRASH, session -> {
                PreparedStatement insert =
                        session.prepared("INSERT INTO decisions (endpoint, at, decision) VALUES (?, ?, ?)");
                insert.setString(1, decision.endpoint().toString());
                insert.setLong(2, EpochNanos.of(decision.at()));
                insert.setString(3, json);
                return insert.executeUpdate();
            });
        } catch (SQLException failed) {
            throw new StoreUnavailable("a decision could not be journalled: " + failed.getMessage(), failed);
        }
    }

    @Override
    public Optional<DecisionRecord> latest(EndpointId endpoint) {
        return page(endpoint, LineSample.EARLIEST, LineSample.LATEST, 1).stream()
                .findFirst();
    }

    @Override
    public List<DecisionRecord> page(EndpointId endpoint, Instant from, Instant to, int limit) {
        try {
            return database.read(session -> {
                PreparedStatement select = session.prepared("""
                        SELECT at, decision FROM decisions WHERE endpoint = ? AND at >= ? AND at < ?
                        ORDER BY at DESC, id DESC LIMIT ?""");
                select.setString(1, endpoint.toString());
                select.setLong(2, EpochNanos.of(from));
                select.setLong(3, EpochNanos.of(to));
                select.setInt(4, Math.clamp(limit, 0, LARGEST_PAGE));
                List<DecisionRecord> decisions = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        decisions.add(decision(endpoint, EpochNanos.toInstant(rows.getLong(1)), rows.getString(2)));
                    }
                }
                return decisions;
            });
        } catch (SQLException failed) {
            throw new StoreUnavailable("the journal could not be read: " + failed.getMessage(), failed);
        }
    }

    /**
     * Removes decisions from before the instant.
     *
     * @return decisions removed
     */
    public int pruneBefore(Instant oldest) {
        try {
            return database.write(Durability.PROCESS_CRASH, session -> {
                PreparedStatement delete = session.prepared("DELETE FROM decisions WHERE at < ?");
                delete.setLong(1, EpochNanos.of(oldest));
                return delete.executeUpdate();
            });
        } catch (SQLException failed) {
            throw new StoreUnavailable("the journal could not be pruned: " + failed.getMessage(), failed);
        }
    }

    private static String json(DecisionRecord decision) {
        try {
            return JSON.writeValueAsString(JournalEntry.of(decision));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static DecisionRecord decision(EndpointId endpoint, Instant at, String json) throws SQLException {
        try {
            return JSON.readValue(json, JournalEntry.class).toRecord(endpoint, at);
        } catch (JsonProcessingException | IllegalArgumentException damaged) {
            throw new SQLException(
                    "the entry of %s at %s is damaged: %s".formatted(endpoint, at, damaged.getMessage()), damaged);
        }
    }
}
