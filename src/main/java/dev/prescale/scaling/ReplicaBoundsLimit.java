package dev.prescale.scaling;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.scaling.ScalingPolicy.BreachPolicy;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.scaling.ScalingPolicy.Schedule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Minimum and maximum, policy or schedule. A workload outside of them is brought back at once, with or without data.
 *
 * <p>With {@code INCREASE} a <em>forecast</em> above the maximum raises it to {@code ceil(forecast * (1 +
 * bufferFraction))}, as AWS' IncreaseMaxCapacity with MaxCapacityBuffer does; no other rule may raise it, nor may it be
 * raised over a schedule's ceiling. Replicas that a raised maximum let in go by the rule for scale-in, not at once: the
 * maximum stays raised as far as the highest recommendation within the scale-down stabilization window.
 */
final class ReplicaBoundsLimit implements Limit {
    private static final String RULE = "bounds";

    @Override
    public Optional<Reason> limit(int replicas, Deliberation deliberation) {
        BoundsInForce bounds = BoundsInForce.of(deliberation.situation());
        if (replicas < bounds.minReplicas()) {
            return Optional.of(atLeast(replicas, bounds));
        }
        if (replicas <= bounds.maxReplicas()) {
            return Optional.empty();
        }
        if (!mayRaise(deliberation, bounds)) {
            return Optional.of(atMost(replicas, bounds));
        }
        int raised = raisedByForecast(deliberation, bounds);
        int stillRaised = stillRaised(deliberation);
        if (Math.max(raised, stillRaised) <= bounds.maxReplicas()) {
            return Optional.of(atMost(replicas, bounds));
        }
        return Optional.of(
                stillRaised > raised
                        ? stillRaised(replicas, stillRaised, bounds)
                        : raised(replicas, raised, bounds, deliberation.forecastReplicas()));
    }

    private static Reason atLeast(int replicas, BoundsInForce bounds) {
        int min = bounds.minReplicas();
        return reason(
                bounds.minSchedule(),
                ReasonCode.BELOW_MINIMUM,
                replicas,
                min,
                "%s below the minimum of %s".formatted(Wording.replicasAre(replicas), min));
    }

    private static Reason atMost(int replicas, BoundsInForce bounds) {
        int max = bounds.maxReplicas();
        return reason(
                bounds.maxSchedule(),
                ReasonCode.ABOVE_MAXIMUM,
                replicas,
                max,
                "%s above the maximum of %s".formatted(Wording.replicasAre(replicas), max));
    }

    private static Reason reason(@Nullable Schedule schedule, ReasonCode code, int from, int to, String message) {
        return schedule == null
                ? new Reason(code, RULE, from, to, message)
                : new Reason(
                        ReasonCode.SCHEDULE,
                        ScheduleFloors.ruleName(schedule),
                        from,
                        to,
                        message + " of schedule " + schedule.name());
    }

    private static boolean mayRaise(Deliberation deliberation, BoundsInForce bounds) {
        return deliberation.situation().policy().bounds().breachPolicy() == BreachPolicy.INCREASE
                && bounds.maxSchedule() == null;
    }

    /** What the forecast raises the maximum to; the maximum itself where it does not. */
    private static int raisedByForecast(Deliberation deliberation, BoundsInForce bounds) {
        int forecast = deliberation.forecastReplicas();
        if (forecast <= bounds.maxReplicas()) {
            return bounds.maxReplicas();
        }
        double buffer = deliberation.situation().policy().bounds().bufferFraction();
        return Math.min(CapacityModel.ceilToReplicas(forecast * (1 + buffer)), ReplicaBounds.MOST_REPLICAS);
    }

    /** As far as replicas above the maximum may stay: what was recommended lately, never more than there are. */
    private static int stillRaised(Deliberation deliberation) {
        int highest = StabilizationWindow.highestForScaleDown(deliberation.recommended(), deliberation.situation());
        return Math.min(deliberation.currentReplicas(), highest);
    }

    private static Reason raised(int replicas, int raisedMaximum, BoundsInForce bounds, int forecast) {
        return new Reason(
                ReasonCode.MAXIMUM_RAISED,
                RULE,
                replicas,
                Math.min(replicas, raisedMaximum),
                "the forecast needs %s, more than the maximum of %s, which is raised to %s"
                        .formatted(Wording.replicas(forecast), bounds.maxReplicas(), raisedMaximum));
    }

    private static Reason stillRaised(int replicas, int stillRaised, BoundsInForce bounds) {
        return new Reason(
                ReasonCode.MAXIMUM_RAISED,
                RULE,
                replicas,
                Math.min(replicas, stillRaised),
                "the maximum of %s was raised and stays at %s until the scale-down window is over"
                        .formatted(bounds.maxReplicas(), stillRaised));
    }
}
