package dev.prescale.adapter.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** A connection with the statements prepared on it. Used by one thread at a time. */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Session(Connection connection) {
        this.connection = connection;
    }

    /** The statement of this text, compiled once; the caller closes its result sets, not the statement. */
    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement present = prepared.get(sql);
        if (present == null) {
            present = connection.prepareStatement(sql);
            prepared.put(sql, present);
        }
        return present;
    }

    /** Runs statements without parameters. */
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
