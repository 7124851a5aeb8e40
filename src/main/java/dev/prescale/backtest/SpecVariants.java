package dev.prescale.backtest;

import dev.prescale.control.EndpointSpec;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Behavior;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.scaling.ScalingPolicy.ScalingRules;
import java.time.Duration;

/** Specifications that differ from a given one in one respect. */
final class SpecVariants {
    private SpecVariants() {}

    /**
     * The same endpoint with both target utilizations divided by a factor, but none above 1: a replica that is planned beyond what it
     * sustains makes no plan.
     */
    static EndpointSpec withHeadroom(EndpointSpec spec, double factor) {
        ScalingPolicy policy = spec.policy();
        double tracking = Math.min(1, policy.capacity().targetUtilization() / factor);
        double sizing = Math.min(1, policy.predictive().targetUtilization() / factor);
        return with(
                spec,
                policy.withCapacity(policy.capacity().withTargetUtilization(tracking))
                        .withPredictive(policy.predictive().withTargetUtilization(sizing)));
    }

    static EndpointSpec withPredictive(EndpointSpec spec, Predictive predictive) {
        return with(spec, spec.policy().withPredictive(predictive));
    }

    /** What a missing replica costs stays as it is: replays go on counting by it. */
    static EndpointSpec withQuantile(EndpointSpec spec, double quantile) {
        Predictive is = spec.policy().predictive();
        return withPredictive(
                spec,
                new Predictive(
                        is.enabled(),
                        quantile,
                        is.unservedPerIdle(),
                        is.targetUtilization(),
                        is.combine(),
                        is.scaleIn(),
                        is.scaleInHorizon(),
                        is.surpriseHold(),
                        is.leadTime(),
                        is.horizon()));
    }

    static EndpointSpec withSizingUtilization(EndpointSpec spec, double utilization) {
        return withPredictive(spec, spec.policy().predictive().withTargetUtilization(utilization));
    }

    static EndpointSpec withTrackingUtilization(EndpointSpec spec, double utilization) {
        ScalingPolicy policy = spec.policy();
        return with(spec, policy.withCapacity(policy.capacity().withTargetUtilization(utilization)));
    }

    static EndpointSpec withScaleInWindow(EndpointSpec spec, Duration window) {
        Behavior is = spec.policy().behavior();
        ScalingRules down = is.scaleDown();
        return with(
                spec,
                new Behavior(is.scaleUp(), new ScalingRules(window, down.policies(), down.select())),
                bounds(spec));
    }

    static EndpointSpec withBounds(EndpointSpec spec, int minReplicas, int maxReplicas) {
        ReplicaBounds is = bounds(spec);
        return with(
                spec,
                spec.policy().behavior(),
                new ReplicaBounds(minReplicas, maxReplicas, is.breachPolicy(), is.bufferFraction()));
    }

    private static ReplicaBounds bounds(EndpointSpec spec) {
        return spec.policy().bounds();
    }

    private static EndpointSpec with(EndpointSpec spec, Behavior behavior, ReplicaBounds bounds) {
        ScalingPolicy is = spec.policy();
        return with(
                spec,
                new ScalingPolicy(
                        bounds,
                        is.capacity(),
                        is.predictive(),
                        is.reactive(),
                        is.steps(),
                        is.schedules(),
                        behavior,
                        is.fallback()));
    }

    private static EndpointSpec with(EndpointSpec spec, ScalingPolicy policy) {
        return new EndpointSpec(
                spec.id(),
                spec.mode(),
                spec.scaleTargetRef(),
                policy,
                spec.calendar(),
                spec.traffic(),
                spec.load(),
                spec.history(),
                spec.metricSources(),
                spec.pausing());
    }
}
