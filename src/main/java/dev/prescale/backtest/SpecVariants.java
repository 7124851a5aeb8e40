package dev.prescale.backtest;

import dev.prescale.control.EndpointSpec;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import java.time.Duration;

/** Specifications that differ from a given one in one respect. */
final class SpecVariants {
    /** Target tracking looks at the present only; a short history keeps its cycles cheap. */
    private static final Duration REACTIVE_HISTORY = Duration.ofHours(1);

    private SpecVariants() {}

    /** The same endpoint scaled by target tracking alone, the HPA's rules, at another target utilization. */
    static EndpointSpec targetTrackingOnly(EndpointSpec spec, double targetUtilization) {
        ScalingPolicy policy = spec.policy();
        ScalingPolicy reactive = policy.withCapacity(policy.capacity().withTargetUtilization(targetUtilization))
                .withPredictive(policy.predictive().disabled());
        Duration history = spec.history().compareTo(REACTIVE_HISTORY) < 0 ? spec.history() : REACTIVE_HISTORY;
        return with(spec, reactive, history);
    }

    static EndpointSpec withPredictive(EndpointSpec spec, Predictive predictive) {
        return with(spec, spec.policy().withPredictive(predictive), spec.history());
    }

    private static EndpointSpec with(EndpointSpec spec, ScalingPolicy policy, Duration history) {
        return new EndpointSpec(
                spec.id(),
                spec.mode(),
                spec.scaleTargetRef(),
                policy,
                spec.calendar(),
                spec.traffic(),
                spec.load(),
                history,
                spec.metricSources(),
                spec.pausing());
    }
}
