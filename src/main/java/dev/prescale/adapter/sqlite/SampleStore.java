package dev.prescale.adapter.sqlite;

import dev.prescale.control.SampleSink;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The samples of the embedded store, written in transactions: when a write returns, all of it is on disk. A sample at the
 * same instant of the same series replaces the one that was there.
 */
public final class SampleStore implements SampleSink {
    /** Enough for 10,000 endpoints of ten replicas; a tag that is different in every request would never end. */
    static final int MOST_SERIES = 100_000;

    /** A few milliseconds of work. */
    private static final int MOST_PER_SLICE = 5_000;

    private final Database database;
    private final SeriesIndex index;
    private final Durability durability;
    private final int mostSeries;

    SampleStore(Database database, SeriesIndex index, Durability durability, int mostSeries) {
        this.database = database;
        this.index = index;
        this.durability = durability;
        this.mostSeries = mostSeries;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Numeric fields are stored; strings and booleans, which are no rates, are read over.
     *
     * @throws StoreUnavailable where the store cannot be written; then none of the lines is stored
     */
    @Override
    public Receipt write(String lines, Precision precision, Instant now) {
        ParsedLines parsed = new LineProtocol(precision, now).parse(lines);
        BadLines badLines = parsed.badLines();
        int stored = inTransaction(writing -> {
            int good = 0;
            for (ParsedLines.GoodLine line : parsed.goodLines()) {
                if (writing.insert(line.samples())) {
                    good++;
                } else {
                    badLines.add(line.number(), line.text(), noRoom());
                }
            }
            return good;
        });
        return new Receipt(stored, badLines.inOrder());
    }

    /**
     * Stores all of these samples or none.
     *
     * @throws StoreUnavailable where the store cannot be written, or has no room for as many new series
     */
    public void write(List<LineSample> samples) {
        inTransaction(writing -> {
            if (!writing.insert(samples)) {
                throw new StoreUnavailable(noRoom());
            }
            return samples.size();
        });
    }

    /**
     * Removes samples from before the instant, and series that have none left; a few at a time, so that whoever writes
     * meanwhile waits for one slice at most.
     *
     * @return samples removed
     */
    public int pruneBefore(Instant oldest) {
        int removed = 0;
        for (long series : List.copyOf(index.ids())) {
            int inSlice = MOST_PER_SLICE;
            while (inSlice == MOST_PER_SLICE) {
                inSlice =
                        hasBefore(series, oldest) ? inTransaction(writing -> writing.deleteBefore(series, oldest)) : 0;
                removed += inSlice;
            }
        }
        removeEmptySeries();
        return removed;
    }

    /** Asked without the writers' lock: mostly there is nothing to remove. */
    private boolean hasBefore(long series, Instant oldest) {
        try {
            return database.read(session -> {
                PreparedStatement select =
                        session.prepared("SELECT 1 FROM samples WHERE series = ? AND at < ? LIMIT 1");
                select.setLong(1, series);
                select.setLong(2, EpochNanos.of(oldest));
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next();
                }
            });
        } catch (SQLException failed) {
            throw new StoreUnavailable("samples could not be pruned: " + failed.getMessage(), failed);
        }
    }

    /** No sample may be written between the removal and the index without them: its series would be gone. */
    private synchronized void removeEmptySeries() {
        inTransaction(Writing::deleteEmptySeries);
        try {
            index.load(database);
        } catch (SQLException failed) {
            throw new StoreUnavailable("the series could not be read: " + failed.getMessage(), failed);
        }
    }

    private String noRoom() {
        return "the store has its most series, %s: is there a tag with ever new values?".formatted(mostSeries);
    }

    private interface Work {
        int on(Writing writing) throws SQLException;
    }

    private synchronized int inTransaction(Work work) {
        Map<SeriesKey, Long> added = new HashMap<>();
        try {
            int count = database.write(durability, session -> work.on(new Writing(session, added)));
            index.add(added);
            return count;
        } catch (SQLException failed) {
            throw new StoreUnavailable("samples could not be stored: " + failed.getMessage(), failed);
        }
    }

    /** One transaction. New series are known to readers only when it is committed. */
    private final class Writing {
        private final Session session;
        private final Map<SeriesKey, Long> added;

        Writing(Session session, Map<SeriesKey, Long> added) {
            this.session = session;
            this.added = added;
        }

        /** Inserts all of the samples, or none where the store has no room for their series. */
        boolean insert(List<LineSample> samples) throws SQLException {
            long unknown = samples.stream()
                    .map(LineSample::series)
                    .filter(key -> index.idOf(key) == null && !added.containsKey(key))
                    .distinct()
                    .count();
            if (unknown > 0 && index.size() + added.size() + unknown > mostSeries) {
                return false;
            }
            PreparedStatement insert =
                    session.prepared("INSERT OR REPLACE INTO samples (series, at, value) VALUES (?, ?, ?)");
            for (LineSample sample : samples) {
                insert.setLong(1, idOf(sample.series()));
                insert.setLong(2, EpochNanos.of(sample.at()));
                insert.setDouble(3, sample.value());
                insert.executeUpdate();
            }
            return true;
        }

        private long idOf(SeriesKey key) throws SQLException {
            Long id = index.idOf(key);
            if (id == null) {
                id = added.get(key);
            }
            if (id == null) {
                id = SeriesIndex.insert(session, key);
                added.put(key, id);
            }
            return id;
        }

        /** The oldest samples of the series from before the instant, one slice of them. */
        int deleteBefore(long series, Instant oldest) throws SQLException {
            PreparedStatement delete = session.prepared("""
                    DELETE FROM samples WHERE series = ?1 AND at IN (
                        SELECT at FROM samples WHERE series = ?1 AND at < ?2 ORDER BY at LIMIT ?3)""");
            delete.setLong(1, series);
            delete.setLong(2, EpochNanos.of(oldest));
            delete.setInt(3, MOST_PER_SLICE);
            return delete.executeUpdate();
        }

        int deleteEmptySeries() throws SQLException {
            return session.prepared(
                            "DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM samples WHERE series = series.id)")
                    .executeUpdate();
        }
    }
}
