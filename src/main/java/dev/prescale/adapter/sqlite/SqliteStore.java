package dev.prescale.adapter.sqlite;

import dev.prescale.control.RateHistory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Embedded history and journal: the file {@code prescale.db} in a folder. Safe for use by many threads. */
public final class SqliteStore implements AutoCloseable {
    static final String FILE_NAME = "prescale.db";

    private final Database database;
    private final SampleStore samples;
    private final SqliteRateHistory history;
    private final SqliteDecisionLog decisions;
    private final SqliteStartLog starts;
    private final SqlitePauseLog pauses;

    private SqliteStore(Database database, SeriesIndex index, Durability durability) {
        this.database = database;
        this.samples = new SampleStore(database, index, durability, SampleStore.MOST_SERIES);
        this.history = new SqliteRateHistory(database, index);
        this.decisions = new SqliteDecisionLog(database);
        this.starts = new SqliteStartLog(database);
        this.pauses = new SqlitePauseLog(database);
    }

    /** Opens the store so that a power failure loses no sample that was acknowledged. */
    public static SqliteStore open(Path folder) {
        return open(folder, Durability.POWER_FAILURE);
    }

    /**
     * Opens the store, and creates it where it is absent.
     *
     * @param durability of samples; a replay, which can be repeated, need not wait for the disk
     * @throws StoreUnavailable where the folder cannot be written, or the file is damaged or written by a newer version
     */
    public static SqliteStore open(Path folder, Durability durability) {
        Path file = folder.resolve(FILE_NAME);
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder) || (Files.exists(file) && !Files.isWritable(file))) {
                throw new StoreUnavailable("The data folder %s cannot be written.".formatted(folder));
            }
            Database database = Database.open(file);
            SeriesIndex index = new SeriesIndex();
            index.load(database);
            return new SqliteStore(database, index, durability);
        } catch (FileAlreadyExistsException isFile) {
            throw new StoreUnavailable("The data folder %s cannot be made: it is a file.".formatted(folder), isFile);
        } catch (IOException failed) {
            throw new StoreUnavailable(
                    "The data folder %s cannot be made: %s".formatted(folder, failed.getMessage()), failed);
        } catch (SQLException failed) {
            throw new StoreUnavailable(
                    "The embedded store %s cannot be opened: %s".formatted(file, failed.getMessage()), failed);
        }
    }

    /** Whether a folder has a store. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE_NAME));
    }

    /** The history port over the samples. */
    public RateHistory history() {
        return history;
    }

    public SampleStore samples() {
        return samples;
    }

    /** The journal; its entries survive a crash of the process. */
    public SqliteDecisionLog decisions() {
        return decisions;
    }

    /** Starts of replicas; they survive a crash of the process. */
    public SqliteStartLog starts() {
        return starts;
    }

    /** Pauses of endpoints; they survive a power failure. */
    public SqlitePauseLog pauses() {
        return pauses;
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException failed) {
            throw new StoreUnavailable("The embedded store could not be closed: " + failed.getMessage(), failed);
        }
    }
}
