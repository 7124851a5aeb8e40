package dev.prescale.adapter.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.control.DecisionLog;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.DecisionSelection;
import dev.prescale.control.EndpointId;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The journal in the embedded store: one row per decision, the decision itself as JSON. What pages are selected by stands
 * beside it in columns of its own, so that a page reads no JSON but that of the decisions it shows.
 */
public final class SqliteDecisionLog implements DecisionLog {
    /** A page that fits into memory and into an answer. */
    static final int LARGEST_PAGE = 10_000;

    private static final Logger LOG = Logger.getLogger(SqliteDecisionLog.class);
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final String HAS_A_CODE =
            " AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(codes, ' ' || value || ' '))";

    private final Database database;
    private final JournalPruning pruning;

    SqliteDecisionLog(Database database) {
        this.database = database;
        this.pruning = new JournalPruning(database, JournalPruning.MOST_PER_SLICE);
    }

    /** {@inheritDoc} A decision that has no JSON is left out, and said so in the log. */
    @Override
    public void append(List<DecisionRecord> decisions) {
        // In words before the transaction, which holds up other writers.
        List<Row> rows = decisions.stream().flatMap(one -> row(one).stream()).toList();
        if (rows.isEmpty()) {
            return;
        }
        try {
            database.write(Durability.PROCESS_CRASH, session -> {
                PreparedStatement insert = session.prepared(
                        "INSERT INTO decisions (endpoint, at, decision, changed, codes) VALUES (?, ?, ?, ?, ?)");
                for (Row row : rows) {
                    insert.setString(1, row.endpoint());
                    insert.setLong(2, row.at());
                    insert.setString(3, row.json());
                    insert.setBoolean(4, row.changed());
                    insert.setString(5, row.codes());
                    insert.executeUpdate();
                }
                return rows.size();
            });
        } catch (SQLException failed) {
            String what = decisions.size() == 1 ? "a decision" : decisions.size() + " decisions";
            throw new StoreUnavailable(what + " could not be journalled: " + failed.getMessage(), failed);
        }
    }

    @Override
    public Optional<DecisionRecord> latest(EndpointId endpoint) {
        return page(endpoint, LineSample.EARLIEST, LineSample.LATEST, 1).stream()
                .findFirst();
    }

    @Override
    public List<DecisionRecord> page(EndpointId endpoint, DecisionSelection selection, int limit) {
        int most = Math.clamp(limit, 0, LARGEST_PAGE);
        // No LIMIT: rows are read one by one until the page is full, however many of them are damaged.
        String sql = "SELECT at, decision FROM decisions WHERE endpoint = ? AND at >= ? AND at < ?"
                + (selection.changedOnly() ? " AND changed" : "")
                + (selection.codes().isEmpty() ? "" : HAS_A_CODE)
                + " ORDER BY at DESC, id DESC";
        try {
            return database.read(session -> {
                PreparedStatement select = session.prepared(sql);
                select.setString(1, endpoint.toString());
                select.setLong(2, EpochNanos.of(selection.from()));
                select.setLong(3, EpochNanos.of(selection.to()));
                if (!selection.codes().isEmpty()) {
                    select.setString(4, jsonList(selection.codes()));
                }
                Readable page = new Readable(endpoint);
                try (ResultSet rows = select.executeQuery()) {
                    while (page.decisions.size() < most && rows.next()) {
                        page.add(EpochNanos.toInstant(rows.getLong(1)), rows.getString(2));
                    }
                }
                page.log();
                return page.decisions;
            });
        } catch (SQLException failed) {
            throw new StoreUnavailable("the journal could not be read: " + failed.getMessage(), failed);
        }
    }

    /**
     * Removes old decisions and those that are too many, a few at a time: a cycle that wants to journal meanwhile waits for
     * one slice at most.
     *
     * @param oldest decisions from before it go
     * @param mostPerEndpoint of the others of an endpoint only that many of the newest stay
     */
    public JournalPruning.Pruned prune(Instant oldest, int mostPerEndpoint) {
        try {
            return pruning.prune(oldest, mostPerEndpoint);
        } catch (SQLException failed) {
            throw new StoreUnavailable("the journal could not be pruned: " + failed.getMessage(), failed);
        }
    }

    /** As one parameter, so that there are few statements however many codes are asked for. */
    private static String jsonList(Set<ReasonCode> codes) {
        return codes.stream().map(code -> '"' + code.wireName() + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private record Row(String endpoint, long at, String json, boolean changed, String codes) {}

    private static Optional<Row> row(DecisionRecord record) {
        try {
            ScalingDecision decision = record.decision();
            String codes = decision.trail().stream()
                    .map(reason -> reason.code().wireName())
                    .distinct()
                    .collect(Collectors.joining(" ", " ", " "));
            return Optional.of(new Row(
                    record.endpoint().toString(),
                    EpochNanos.of(record.at()),
                    JSON.writeValueAsString(JournalEntry.of(record)),
                    decision.action() == ScalingDecision.Action.SCALE_TO,
                    codes));
        } catch (JsonProcessingException | RuntimeException damaged) {
            LOG.errorf("A decision of %s is not journalled: %s", record.endpoint(), damaged);
            return Optional.empty();
        }
    }

    /** What can be read of a page; of what cannot there is one line in the log, however much it is. */
    private static final class Readable {
        private final EndpointId endpoint;
        private final List<DecisionRecord> decisions = new ArrayList<>();
        private int damaged;
        private String first = "";

        Readable(EndpointId endpoint) {
            this.endpoint = endpoint;
        }

        void add(Instant at, String json) {
            try {
                decisions.add(JSON.readValue(json, JournalEntry.class).toRecord(endpoint, at));
            } catch (JsonProcessingException | RuntimeException fault) {
                String why = fault instanceof JsonProcessingException noJson ? noJson.getOriginalMessage() : "" + fault;
                first = damaged++ == 0 ? "that of %s (%s)".formatted(at, why) : first;
            }
        }

        void log() {
            if (damaged > 0) {
                LOG.warnf(
                        "Journal entries of %s that cannot be read and are passed over: %d, first %s",
                        endpoint, damaged, first);
            }
        }
    }
}
