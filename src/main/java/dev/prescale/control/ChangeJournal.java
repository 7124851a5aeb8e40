package dev.prescale.control;

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
    /** A decision that stays the same is journalled again after this time at the latest. */
    static final Duration AT_LEAST_EVERY = Duration.ofHours(1);

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
    private record Entry(Instant due, Mode mode, int replicas, int recommended, String notActed, List<Step> trail) {
        static Entry of(DecisionRecord record) {
            ScalingDecision decision = record.decision();
            return new Entry(
                    due(record),
                    record.mode(),
                    decision.replicas(),
                    decision.recommended(),
                    record.notActedReason(),
                    steps(decision));
        }

        /** Endpoints that were begun together are not all due in the same cycle. */
        private static Instant due(DecisionRecord record) {
            long phase = Math.floorMod(record.endpoint().hashCode(), AT_LEAST_EVERY.toSeconds() / 2);
            return record.at().plus(AT_LEAST_EVERY).minusSeconds(phase);
        }

        boolean isSupersededBy(DecisionRecord next) {
            ScalingDecision after = next.decision();
            boolean isDone = next.acted() || next.mode() == Mode.OBSERVE;
            return replicas != after.replicas()
                    || recommended != after.recommended()
                    || (isDone && after.action() == ScalingDecision.Action.SCALE_TO)
                    || mode != next.mode()
                    || !notActed.equals(next.notActedReason())
                    || !trail.equals(steps(after))
                    || !next.at().isBefore(due);
        }

        /** Not the sentences, whose numbers change with the traffic. */
        private static List<Step> steps(ScalingDecision decision) {
            return decision.trail().stream()
                    .map(reason -> new Step(reason.code(), reason.rule()))
                    .toList();
        }
    }

    private record Step(ReasonCode code, String rule) {}
}
