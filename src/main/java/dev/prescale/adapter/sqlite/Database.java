package dev.prescale.adapter.sqlite;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * One SQLite file in write-ahead mode: one writer at a time, readers that neither wait for it nor make it wait, each on a
 * snapshot of its own.
 */
final class Database implements AutoCloseable {
    /** Another process (a backup, the command line) may hold the file for this long. */
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private static final int MOST_IDLE_READERS = 4;

    private final String url;

    /** Fair: whoever writes in many small transactions lets others in between them. */
    private final ReentrantLock writing = new ReentrantLock(true);

    private final Map<Durability, Session> writers = new EnumMap<>(Durability.class);
    private final ConcurrentLinkedQueue<Session> idleReaders = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private Database(Path file) {
        this.url = "jdbc:sqlite:" + file;
    }

    /** Opens the file, creates it where it is absent, and brings its schema up to date. */
    static Database open(Path file) throws SQLException {
        Database database = new Database(file);
        try {
            for (Durability durability : Durability.values()) {
                database.writers.put(durability, database.connect(durability));
            }
            Schema.migrate(database);
            return database;
        } catch (SQLException | RuntimeException failed) {
            database.close();
            throw failed;
        }
    }

    /** Work on a connection. */
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    /** Runs the work on a snapshot of the file. */
    <T> T read(Work<T> work) throws SQLException {
        Session session = idleReaders.poll();
        if (session == null) {
            session = connectReader();
        }
        boolean sound = false;
        try {
            session.run("BEGIN");
            T result = work.on(session);
            session.run("COMMIT");
            sound = true;
            return result;
        } finally {
            giveBack(session, sound);
        }
    }

    private void giveBack(Session session, boolean sound) throws SQLException {
        if (sound && !closed && idleReaders.size() < MOST_IDLE_READERS) {
            idleReaders.add(session);
        } else {
            session.close();
        }
    }

    /** Runs the work in one transaction: all of it is kept or nothing. Returns when it is committed. */
    <T> T write(Durability durability, Work<T> work) throws SQLException {
        writing.lock();
        try {
            Session session = writers.get(durability);
            if (session == null || closed) {
                throw new SQLException("the store is closed");
            }
            session.run("BEGIN IMMEDIATE");
            try {
                T result = work.on(session);
                session.run("COMMIT");
                return result;
            } catch (SQLException | RuntimeException failed) {
                rollBack(session, failed);
                throw failed;
            }
        } finally {
            writing.unlock();
        }
    }

    private static void rollBack(Session session, Exception cause) {
        try {
            session.run("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            cause.addSuppressed(alreadyRolledBack);
        }
    }

    private Session connect(Durability durability) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.valueOf(durability.synchronous()));
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        return new Session(config.createConnection(url));
    }

    private Session connectReader() throws SQLException {
        if (closed) {
            throw new SQLException("the store is closed");
        }
        Session session = connect(Durability.PROCESS_CRASH);
        session.run("PRAGMA query_only = ON");
        return session;
    }

    /** Ends all connections; the last one folds the write-ahead file into the main one. */
    @Override
    public void close() throws SQLException {
        closed = true;
        writing.lock();
        try {
            for (Session reader = idleReaders.poll(); reader != null; reader = idleReaders.poll()) {
                reader.close();
            }
            for (Session writer : writers.values()) {
                writer.close();
            }
            writers.clear();
        } finally {
            writing.unlock();
        }
    }

    /** The single number that a query without parameters answers with. */
    static long number(Session session, String sql) throws SQLException {
        try (ResultSet rows = session.prepared(sql).executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
