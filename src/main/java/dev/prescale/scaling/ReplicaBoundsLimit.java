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
 * raised over a schedule's ceiling.
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
        int raised = raisedMaximum(deliberation, bounds);
        return Optional.of(
                raised > bounds.maxReplicas()
                        ? raised(replicas, raised, bounds, deliberation.forecastReplicas())
                        : atMost(replicas, bounds));
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

    private static int raisedMaximum(Deliberation deliberation, BoundsInForce bounds) {
        ReplicaBounds policy = deliberation.situation().policy().bounds();
        int forecast = deliberation.forecastReplicas();
        boolean mayRaise = policy.breachPolicy() == BreachPolicy.INCREASE && bounds.maxSchedule() == null;
        if (!mayRaise || forecast <= bounds.maxReplicas()) {
            return bounds.maxReplicas();
        }
        int buffered = CapacityModel.ceilToReplicas(forecast * (1 + policy.bufferFraction()));
        return Math.min(buffered, ReplicaBounds.MOST_REPLICAS);
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
}
