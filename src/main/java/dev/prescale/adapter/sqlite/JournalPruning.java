package dev.prescale.adapter.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Takes decisions out of the journal, endpoint by endpoint, in transactions of few rows each. */
public final class JournalPruning {
    /** A few milliseconds of work. */
    static final int MOST_PER_SLICE = 500;

    private final Database database;
    private final int mostPerSlice;

    JournalPruning(Database database, int mostPerSlice) {
        this.database = database;
        this.mostPerSlice = mostPerSlice;
    }

    /**
     * What was removed.
     *
     * @param old decisions from before the oldest that is kept
     * @param surplus decisions of endpoints that had too many
     * @param slices transactions that it took
     */
    public record Pruned(int old, int surplus, int slices) {
        static final Pruned NOTHING = new Pruned(0, 0, 0);

        Pruned and(Pruned more) {
            return new Pruned(old + more.old, surplus + more.surplus, slices + more.slices);
        }
    }

    Pruned prune(Instant oldest, int mostPerEndpoint) throws SQLException {
        Pruned all = Pruned.NOTHING;
        Optional<String> endpoint = endpointAfter("");
        while (endpoint.isPresent()) {
            all = all.and(prune(endpoint.get(), EpochNanos.of(oldest), mostPerEndpoint));
            endpoint = endpointAfter(endpoint.get());
        }
        return all;
    }

    private Pruned prune(String endpoint, long oldest, int most) throws SQLException {
        Pruned old = delete(endpoint, new Place(oldest, Long.MIN_VALUE));
        Optional<Place> firstKept = firstOfNewest(endpoint, most);
        Pruned surplus = firstKept.isPresent() ? delete(endpoint, firstKept.get()) : Pruned.NOTHING;
        return new Pruned(old.old(), surplus.old(), old.slices() + surplus.slices());
    }

    /** A seek of the index per endpoint, where DISTINCT would walk all of its entries. */
    private Optional<String> endpointAfter(String endpoint) throws SQLException {
        return database.read(session -> {
            PreparedStatement select = session.prepared("SELECT min(endpoint) FROM decisions WHERE endpoint > ?");
            select.setString(1, endpoint);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
        });
    }

    /** A place in the order of an endpoint's decisions: two at one instant are ordered by how they came. */
    private record Place(long at, long id) {}

    /** The oldest decision of the newest {@code most}, empty where there are fewer. */
    private Optional<Place> firstOfNewest(String endpoint, int most) throws SQLException {
        return database.read(session -> {
            PreparedStatement select = session.prepared(
                    "SELECT at, id FROM decisions WHERE endpoint = ? ORDER BY at DESC, id DESC LIMIT 1 OFFSET ?");
            select.setString(1, endpoint);
            select.setInt(2, most - 1);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(new Place(rows.getLong(1), rows.getLong(2))) : Optional.empty();
            }
        });
    }

    private Pruned delete(String endpoint, Place firstKept) throws SQLException {
        int removed = 0;
        int slices = 0;
        int inSlice = mostPerSlice;
        while (inSlice == mostPerSlice) {
            inSlice = deleteSlice(endpoint, firstKept);
            removed += inSlice;
            slices += inSlice > 0 ? 1 : 0;
        }
        return new Pruned(removed, 0, slices);
    }

    private int deleteSlice(String endpoint, Place firstKept) throws SQLException {
        if (!hasBefore(endpoint, firstKept)) {
            return 0;
        }
        return database.write(Durability.PROCESS_CRASH, session -> {
            PreparedStatement delete = session.prepared("""
                    DELETE FROM decisions WHERE id IN (
                        SELECT id FROM decisions WHERE endpoint = ? AND (at, id) < (?, ?) ORDER BY at, id LIMIT ?)""");
            delete.setString(1, endpoint);
            delete.setLong(2, firstKept.at());
            delete.setLong(3, firstKept.id());
            delete.setInt(4, mostPerSlice);
            return delete.executeUpdate();
        });
    }

    /** Asked without the writers' lock: mostly there is nothing to remove. */
    private boolean hasBefore(String endpoint, Place firstKept) throws SQLException {
        return database.read(session -> {
            PreparedStatement select =
                    session.prepared("SELECT 1 FROM decisions WHERE endpoint = ? AND (at, id) < (?, ?) LIMIT 1");
            select.setString(1, endpoint);
            select.setLong(2, firstKept.at());
            select.setLong(3, firstKept.id());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        });
    }
}
