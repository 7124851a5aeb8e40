package dev.prescale.control;

import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingHistory;
import dev.prescale.scaling.ScalingHistory.Recommendation;
import dev.prescale.scaling.ScalingHistory.ReplicaChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What limits need of the past, kept no longer than the longest window may look back. */
final class ScalingMemory {
    /** The longest stabilization window and the longest policy period that a specification may ask for. */
    static final Duration LONGEST_LOOK_BACK = Duration.ofHours(1);

    private final Deque<Recommendation> recommendations = new ArrayDeque<>();
    private final Deque<ReplicaChange> changes = new ArrayDeque<>();
    private int failures;

    /**
     * Takes over where the journal of an earlier process ended. The journal has changes only, while the stabilization
     * window wants a recommendation per cycle: so each one is remembered at the end of its time in force too, else the
     * window would forget early what was recommended until just before a change.
     */
    void restore(List<DecisionRecord> newestFirst) {
        List<DecisionRecord> records = newestFirst.reversed();
        for (int i = 0; i < records.size(); i++) {
            DecisionRecord record = records.get(i);
            remember(record);
            Instant end = record.at().plus(ChangeJournal.AT_LEAST_EVERY);
            if (i + 1 < records.size() && records.get(i + 1).at().isBefore(end)) {
                end = records.get(i + 1).at();
            }
            recommendations.addLast(new Recommendation(end, record.decision().recommended()));
        }
    }

    ScalingHistory past(boolean restarted) {
        return new ScalingHistory(List.copyOf(recommendations), List.copyOf(changes), failures, restarted);
    }

    void countFailure() {
        failures++;
    }

    void clearFailures() {
        failures = 0;
    }

    void remember(DecisionRecord record) {
        ScalingDecision decision = record.decision();
        recommendations.addLast(new Recommendation(record.at(), decision.recommended()));
        if (decision.action() == ScalingDecision.Action.SCALE_TO && countsAsChanged(record)) {
            changes.addLast(new ReplicaChange(record.at(), decision.currentReplicas(), decision.replicas()));
        }
        Instant oldest = record.at().minus(LONGEST_LOOK_BACK);
        while (!recommendations.isEmpty() && recommendations.peekFirst().at().isBefore(oldest)) {
            recommendations.removeFirst();
        }
        while (!changes.isEmpty() && changes.peekFirst().at().isBefore(oldest)) {
            changes.removeFirst();
        }
    }

    /** In {@code Observe} the limits follow what would have been done, else every cycle would start from nothing. */
    private static boolean countsAsChanged(DecisionRecord record) {
        return record.acted() || record.mode() == Mode.OBSERVE;
    }
}
