package dev.prescale.adapter.sqlite;

import dev.prescale.control.EndpointId;
import dev.prescale.control.PauseLog;
import dev.prescale.control.PauseNote;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Pauses in the embedded store. What was acknowledged outlives a power failure: an operator relies on it. */
public final class SqlitePauseLog implements PauseLog {
    private final Database database;

    SqlitePauseLog(Database database) {
        this.database = database;
    }

    @Override
    public Map<EndpointId, PauseNote> read() {
        try {
            return database.read(session -> {
                Map<EndpointId, PauseNote> pauses = new TreeMap<>();
                try (ResultSet rows = session.prepared("SELECT namespace, name, paused_by, at, reason FROM pauses")
                        .executeQuery()) {
                    while (rows.next()) {
                        String by = rows.getString(3);
                        long at = rows.getLong(4);
                        Instant when = rows.wasNull() ? null : EpochNanos.toInstant(at);
                        pauses.put(
                                new EndpointId(rows.getString(1), rows.getString(2)),
                                new PauseNote(by, when, rows.getString(5)));
                    }
                }
                return pauses;
            });
        } catch (SQLException failed) {
            throw new StoreUnavailable("pauses could not be read: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void put(EndpointId endpoint, PauseNote note) {
        try {
            database.write(Durability.POWER_FAILURE, session -> {
                PreparedStatement insert = session.prepared("""
                        INSERT OR REPLACE INTO pauses (namespace, name, paused_by, at, reason) VALUES (?, ?, ?, ?, ?)""");
                insert.setString(1, endpoint.namespace());
                insert.setString(2, endpoint.name());
                insert.setString(3, note.by());
                Instant at = note.at();
                if (at == null) {
                    insert.setNull(4, Types.INTEGER);
                } else {
                    insert.setLong(4, EpochNanos.of(at));
                }
                insert.setString(5, note.reason());
                return insert.executeUpdate();
            });
        } catch (SQLException failed) {
            throw new StoreUnavailable("the pause could not be kept: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void remove(EndpointId endpoint) {
        try {
            database.write(Durability.POWER_FAILURE, session -> {
                PreparedStatement delete = session.prepared("DELETE FROM pauses WHERE namespace = ? AND name = ?");
                delete.setString(1, endpoint.namespace());
                delete.setString(2, endpoint.name());
                return delete.executeUpdate();
            });
        } catch (SQLException failed) {
            throw new StoreUnavailable("the pause could not be taken back: " + failed.getMessage(), failed);
        }
    }
}
