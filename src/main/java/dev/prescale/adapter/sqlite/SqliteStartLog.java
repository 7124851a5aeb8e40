package dev.prescale.adapter.sqlite;

import dev.prescale.control.EndpointId;
import dev.prescale.control.ReplicaStart;
import dev.prescale.control.StartLog;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts of replicas in the embedded store. */
public final class SqliteStartLog implements StartLog {
    private final Database database;

    SqliteStartLog(Database database) {
        this.database = database;
    }

    @Override
    public void append(EndpointId endpoint, List<ReplicaStart> starts) {
        if (starts.isEmpty()) {
            return;
        }
        try {
            database.write(Durability.PROCESS_CRASH, session -> {
                PreparedStatement insert = session.prepared("""
                        INSERT INTO replica_starts (endpoint, id, template, created, scheduled, image_ready, ready)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (endpoint, id) DO UPDATE SET template = excluded.template,
                            created = excluded.created, scheduled = excluded.scheduled,
                            image_ready = excluded.image_ready, ready = excluded.ready
                        WHERE ready IS NULL""");
                for (ReplicaStart start : starts) {
                    insert.setString(1, endpoint.toString());
                    insert.setString(2, start.id());
                    insert.setString(3, start.template());
                    insert.setLong(4, EpochNanos.of(start.created()));
                    set(insert, 5, start.scheduled());
                    set(insert, 6, start.imageReady());
                    set(insert, 7, start.ready());
                    insert.executeUpdate();
                }
                return starts.size();
            });
        } catch (SQLException failed) {
            throw new StoreUnavailable("starts of replicas could not be kept: " + failed.getMessage(), failed);
        }
    }

    private static void set(PreparedStatement statement, int index, @Nullable Instant instant) throws SQLException {
        if (instant == null) {
            statement.setNull(index, Types.INTEGER);
        } else {
            statement.setLong(index, EpochNanos.of(instant));
        }
    }

    @Override
    public List<ReplicaStart> read(EndpointId endpoint, Instant since) {
        try {
            return database.read(session -> {
                PreparedStatement select = session.prepared("""
                        SELECT id, template, created, scheduled, image_ready, ready FROM replica_starts
                        WHERE endpoint = ? AND created >= ? ORDER BY created DESC, id DESC LIMIT ?""");
                select.setString(1, endpoint.toString());
                select.setLong(2, EpochNanos.of(since));
                select.setInt(3, MOST_READ);
                List<ReplicaStart> starts = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        starts.add(new ReplicaStart(
                                rows.getString(1),
                                rows.getString(2),
                                EpochNanos.toInstant(rows.getLong(3)),
                                instant(rows, 4),
                                instant(rows, 5),
                                instant(rows, 6)));
                    }
                }
                Collections.reverse(starts);
                return starts;
            });
        } catch (SQLException failed) {
            throw new StoreUnavailable("starts of replicas could not be read: " + failed.getMessage(), failed);
        }
    }

    private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
        long nanos = rows.getLong(column);
        return rows.wasNull() ? null : EpochNanos.toInstant(nanos);
    }

    /**
     * Removes starts created before the instant.
     *
     * @return starts removed
     */
    public int pruneBefore(Instant oldest) {
        try {
            return database.write(Durability.PROCESS_CRASH, session -> {
                PreparedStatement delete = session.prepared("DELETE FROM replica_starts WHERE created < ?");
                delete.setLong(1, EpochNanos.of(oldest));
                return delete.executeUpdate();
            });
        } catch (SQLException failed) {
            throw new StoreUnavailable("starts of replicas could not be pruned: " + failed.getMessage(), failed);
        }
    }
}
