package dev.prescale.backtest;

import dev.prescale.control.EndpointSpec;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Predictive;

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
