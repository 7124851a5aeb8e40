package dev.prescale.control;

import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Journals decisions that changed something, and now and then that nothing did. */
final class ChangeJournal {
    /** A decision that stays the same is journalled again after this time. */
    static final Duration AT_LEAST_EVERY = Duration.ofMinutes(5);

    private final DecisionLog log;
    private final Map<EndpointId, Entry> last = new HashMap<>();

    ChangeJournal(DecisionLog log) {
        this.log = log;
    }

    void retain(Set<EndpointId> endpoints) {
        last.keySet().retainAll(endpoints);
    }

    /** Journals those of one cycle that say something new, in one batch. */
    void write(List<DecisionRecord> records) {
        List<DecisionRecord> news = new ArrayList<>();
        for (DecisionRecord record : records) {
            Entry before = last.get(record.endpoint());
            if (before == null || before.isSupersededBy(record)) {
                news.add(record);
            }
        }
        if (!news.isEmpty()) {
            log.append(news);
            news.forEach(record -> last.put(record.endpoint(), Entry.of(record)));
        }
    }

    /** What of the last journalled decision tells whether the next one says something new. */
    private record Entry(
            Instant at, int replicas, int recommended, boolean acted, String notActed, List<ReasonCode> codes) {
        static Entry of(DecisionRecord record) {
            ScalingDecision decision = record.decision();
            return new Entry(
                    record.at(),
                    decision.replicas(),
                    decision.recommended(),
                    record.acted(),
                    record.notActedReason(),
                    codes(decision));
        }

        boolean isSupersededBy(DecisionRecord next) {
            ScalingDecision after = next.decision();
            return replicas != after.replicas()
                    || recommended != after.recommended()
                    || after.action() == ScalingDecision.Action.SCALE_TO
                    || acted != next.acted()
                    || !notActed.equals(next.notActedReason())
                    || !codes.equals(codes(after))
                    || !next.at().isBefore(at.plus(AT_LEAST_EVERY));
        }

        private static List<ReasonCode> codes(ScalingDecision decision) {
            return decision.trail().stream().map(Reason::code).toList();
        }
    }
}
