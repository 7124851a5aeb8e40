package dev.prescale.control;

import dev.prescale.scaling.Observation;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingHistory;
import dev.prescale.scaling.ScalingHistory.Breach;
import dev.prescale.scaling.ScalingHistory.Recommendation;
import dev.prescale.scaling.ScalingHistory.ReplicaChange;
import dev.prescale.scaling.ScalingHistory.StepTaken;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.StepBreaches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What limits and steps need of the past, kept no longer than the longest window, period or cooldown of the policy looks
 * back. A fleet has ten thousand of these: of recommendations that are equal in a row only the last is kept. Windows ask
 * for the lowest and the highest among those younger than they are, and the last is among them whenever one of the others
 * is.
 */
public final class ScalingMemory {
    /** The longest stabilization window, policy period and cooldown that a specification may ask for. */
    static final Duration LONGEST_LOOK_BACK = Duration.ofHours(1);

    private static final Set<String> LEFT = Set.of(WorkloadScale.LeftToAnother.REASON, WorkloadScale.LeftToKeda.REASON);

    private final ScalingPolicy policy;
    private final Duration lookBack;
    private final Deque<Recommendation> recommendations = new ArrayDeque<>(4);
    private final Deque<ReplicaChange> changes = new ArrayDeque<>(4);
    private final Deque<StepTaken> steps = new ArrayDeque<>(2);
    private List<Breach> breaches = List.of();
    private @Nullable DecisionRecord leftToAnother;
    private int failures;

    public ScalingMemory(ScalingPolicy policy) {
        this.policy = policy;
        this.lookBack = policy.lookBack();
    }

    /**
     * Takes over where the journal of an earlier process ended. The journal has changes only, while the stabilization
     * window wants a recommendation per cycle: so each one is remembered at the end of its time in force too, else the
     * window would forget early what was recommended until just before a change. Nobody knows when the process before ended,
     * so the newest one counts until now: the windows are held once more. Readings of metrics are not in the journal: a
     * step that waits for its {@code for} waits anew.
     */
    void restore(List<DecisionRecord> newestFirst, Instant now) {
        List<DecisionRecord> records = newestFirst.reversed();
        for (int i = 0; i < records.size(); i++) {
            DecisionRecord record = records.get(i);
            remember(record);
            Instant end = i + 1 < records.size() ? records.get(i + 1).at() : now;
            remember(new Recommendation(end, record.decision().recommended()));
        }
    }

    /**
     * Takes in what a cycle finds, before it decides. Whoever knows nothing of the past takes the replicas that are there for
     * what was recommended, as HPA does: what another process has just started is not taken away before a window is over.
     */
    void observe(int currentReplicas, Instant now) {
        settle(currentReplicas);
        if (recommendations.isEmpty()) {
            remember(new Recommendation(now, currentReplicas));
        }
    }

    /** @param restarted see {@link ScalingHistory#restarted} */
    public ScalingHistory past(boolean restarted) {
        return new ScalingHistory(
                List.copyOf(recommendations), List.copyOf(changes), List.copyOf(steps), breaches, failures, restarted);
    }

    /** A cycle had no data. */
    public void countFailure() {
        failures++;
    }

    /** A cycle had data again. */
    public void clearFailures() {
        failures = 0;
    }

    /** Remembers one cycle: what was decided and what was seen. */
    public void remember(DecisionRecord record, Observation observation) {
        breaches = StepBreaches.after(breaches, policy, observation, record.at());
        remember(record);
    }

    private void remember(DecisionRecord record) {
        ScalingDecision decision = record.decision();
        settle(decision.currentReplicas());
        remember(new Recommendation(record.at(), decision.recommended()));
        if (decision.action() == ScalingDecision.Action.SCALE_TO) {
            if (countsAsChanged(record)) {
                rememberChange(record);
            } else if (LEFT.contains(record.notActedReason())) {
                leftToAnother = record;
            }
        }
        forget(record.at());
    }

    /**
     * What was left to another replica of Prescale, or to KEDA, counts as a change where it turns out to be done, so that whoever
     * takes over from that replica goes on within the same limits.
     */
    private void settle(int currentReplicas) {
        DecisionRecord left = leftToAnother;
        leftToAnother = null;
        if (left != null && left.decision().replicas() == currentReplicas) {
            rememberChange(left);
        }
    }

    private void rememberChange(DecisionRecord record) {
        ScalingDecision decision = record.decision();
        changes.addLast(new ReplicaChange(record.at(), decision.currentReplicas(), decision.replicas()));
        rememberSteps(record);
    }

    /** A step was taken where it decided and the replicas went its way, be it not as far. */
    private void rememberSteps(DecisionRecord record) {
        ScalingDecision decision = record.decision();
        int went = Integer.compare(decision.replicas(), decision.currentReplicas());
        for (Reason reason : decision.trail()) {
            if (reason.code() == ReasonCode.STEP && Integer.compare(reason.to(), reason.from()) == went) {
                steps.addLast(new StepTaken(record.at(), reason.rule(), reason.from(), reason.to()));
            }
        }
    }

    private void remember(Recommendation next) {
        Recommendation last = recommendations.peekLast();
        if (last != null && last.replicas() == next.replicas()) {
            recommendations.removeLast();
        }
        recommendations.addLast(next);
    }

    private void forget(Instant now) {
        Instant oldest = now.minus(lookBack);
        while (!recommendations.isEmpty() && recommendations.peekFirst().at().isBefore(oldest)) {
            recommendations.removeFirst();
        }
        while (!changes.isEmpty() && changes.peekFirst().at().isBefore(oldest)) {
            changes.removeFirst();
        }
        // steps that followed each other within a cooldown are counted from the first
        Instant begin = oldest;
        for (StepTaken step : List.copyOf(steps).reversed()) {
            if (!step.at().isBefore(begin)) {
                begin = step.at().minus(lookBack);
            }
        }
        Instant oldestStep = latest(begin, now.minus(LONGEST_LOOK_BACK));
        steps.removeIf(step -> step.at().isBefore(oldestStep));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /** In {@code Observe} the limits follow what would have been done, else every cycle would start from nothing. */
    private static boolean countsAsChanged(DecisionRecord record) {
        return record.acted() || record.mode() == Mode.OBSERVE;
    }
}
