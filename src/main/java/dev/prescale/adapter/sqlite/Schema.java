package dev.prescale.adapter.sqlite;

import java.sql.SQLException;
import java.util.List;

/** The tables, and how a file of an older version gets them. */
final class Schema {
    /** Element {@code k} leads from version {@code k} to {@code k + 1}. Never edited once released, only added to. */
    private static final List<List<String>> MIGRATIONS = List.of(
            List.of("""
            CREATE TABLE series (
                id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again, so that a reader's old list finds no other series
                measurement TEXT NOT NULL,
                field TEXT NOT NULL,
                tags TEXT NOT NULL, -- JSON object, sorted by key
                UNIQUE (measurement, field, tags)
            )""", """
            CREATE TABLE samples (
                series INTEGER NOT NULL,
                at INTEGER NOT NULL, -- nanoseconds since the epoch
                value REAL NOT NULL,
                PRIMARY KEY (series, at)
            ) WITHOUT ROWID""", """
            CREATE TABLE decisions (
                id INTEGER PRIMARY KEY,
                endpoint TEXT NOT NULL, -- namespace/name
                at INTEGER NOT NULL, -- nanoseconds since the epoch
                decision TEXT NOT NULL -- JSON
            )""", "CREATE INDEX decisions_by_endpoint ON decisions (endpoint, at, id)"),
            List.of(
                    // What a page of decisions is selected by. Entries that are no JSON keep the defaults.
                    "ALTER TABLE decisions ADD COLUMN changed INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE decisions ADD COLUMN codes TEXT NOT NULL DEFAULT ' '",
                    """
            UPDATE decisions SET
                changed = coalesce(json_extract(decision, '$.replicas') <> json_extract(decision, '$.currentReplicas'), 0),
                codes = ' ' || coalesce(
                    (SELECT group_concat(json_extract(value, '$.code'), ' ') FROM json_each(decision, '$.trail')), '') || ' '
            WHERE json_valid(decision)""",
                    """
            CREATE INDEX decisions_that_changed ON decisions (endpoint, at, id) WHERE changed"""),
            List.of("""
            CREATE TABLE replica_starts (
                endpoint TEXT NOT NULL, -- namespace/name
                id TEXT NOT NULL,
                template TEXT NOT NULL,
                created INTEGER NOT NULL, -- nanoseconds since the epoch, as the following
                scheduled INTEGER,
                image_ready INTEGER,
                ready INTEGER,
                PRIMARY KEY (endpoint, id)
            ) WITHOUT ROWID""", "CREATE INDEX starts_by_time ON replica_starts (endpoint, created)"),
            List.of("""
            CREATE TABLE pauses (
                namespace TEXT NOT NULL,
                name TEXT NOT NULL,
                paused_by TEXT,
                at INTEGER, -- nanoseconds since the epoch
                reason TEXT,
                PRIMARY KEY (namespace, name)
            ) WITHOUT ROWID"""));

    static final int VERSION = MIGRATIONS.size();

    private Schema() {}

    /** Brings the file to {@link #VERSION}; refuses one that a newer Prescale has written. */
    static void migrate(Database database) throws SQLException {
        database.write(Durability.POWER_FAILURE, session -> {
            long version = Database.number(session, "PRAGMA user_version");
            if (version > VERSION) {
                throw new SQLException("it has schema version " + version + ", this Prescale knows up to " + VERSION
                        + ": use the newer Prescale, or another data folder");
            }
            for (List<String> migration : MIGRATIONS.subList((int) version, VERSION)) {
                for (String statement : migration) {
                    session.run(statement);
                }
            }
            session.run("PRAGMA user_version = " + VERSION);
            return version;
        });
    }
}
