package dev.prescale.adapter.rest;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.DecisionSelection;
import dev.prescale.control.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was decided over time, as the journal tells. Goes forward only. */
final class JournalledReplicas {
    /**
     * How long a journalled decision tells what is in force. The journal repeats one that stays after an hour at the latest: where
     * none follows for longer, nobody decided.
     */
    static final Duration TELLS_FOR = Duration.ofMinutes(65);

    /** As many as the journal holds of an endpoint by default; what lies further back is not known. */
    private static final int MOST_RECORDS = 20_000;

    private final List<DecisionRecord> oldestFirst;
    private int next;
    private @Nullable DecisionRecord latest;

    private JournalledReplicas(List<DecisionRecord> oldestFirst) {
        this.oldestFirst = oldestFirst;
    }

    static JournalledReplicas of(DecisionLog journal, EndpointId endpoint, Instant from, Instant to) {
        DecisionSelection needed = DecisionSelection.between(from.minus(TELLS_FOR), to);
        return new JournalledReplicas(
                journal.page(endpoint, needed, MOST_RECORDS).reversed());
    }

    /** The decision in force at an instant that is not before the one asked for last; null where it is not known. */
    @Nullable
    DecisionRecord at(Instant instant) {
        while (next < oldestFirst.size() && !oldestFirst.get(next).at().isAfter(instant)) {
            latest = oldestFirst.get(next++);
        }
        boolean tells = latest != null && Duration.between(latest.at(), instant).compareTo(TELLS_FOR) <= 0;
        return tells ? latest : null;
    }
}
