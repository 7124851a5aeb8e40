package dev.prescale.backtest;

import dev.prescale.control.EndpointSpec;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
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
        ScalingPolicy reactive = new ScalingPolicy(
                policy.bounds(),
                policy.capacity().withTargetUtilization(targetUtilization),
                disabled(policy.predictive()),
                policy.reactive(),
                policy.schedules(),
                policy.behavior(),
                policy.fallback());
        Duration history = spec.history().compareTo(REACTIVE_HISTORY) < 0 ? spec.history() : REACTIVE_HISTORY;
        return with(spec, reactive, history);
    }

    static EndpointSpec withPredictive(EndpointSpec spec, Predictive predictive) {
        ScalingPolicy policy = spec.policy();
        ScalingPolicy changed = new ScalingPolicy(
                policy.bounds(),
                policy.capacity(),
                predictive,
                policy.reactive(),
                policy.schedules(),
                policy.behavior(),
                policy.fallback());
        return with(spec, changed, spec.history());
    }

    static Predictive withLeadTime(Predictive predictive, LeadTimeBounds leadTime) {
        return new Predictive(
                predictive.enabled(),
                predictive.quantile(),
                predictive.targetUtilization(),
                predictive.combine(),
                predictive.scaleIn(),
                predictive.scaleInHorizon(),
                predictive.surpriseHold(),
                leadTime,
                predictive.horizon());
    }

    private static Predictive disabled(Predictive predictive) {
        return new Predictive(
                false,
                predictive.quantile(),
                predictive.targetUtilization(),
                predictive.combine(),
                predictive.scaleIn(),
                predictive.scaleInHorizon(),
                predictive.surpriseHold(),
                predictive.leadTime(),
                predictive.horizon());
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
