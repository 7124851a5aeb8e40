package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.scaling.DecisionRule;

/**
 * Kubernetes' HorizontalPodAutoscaler, autoscaling/v2, on the request rate: the production rule without its forecast, at the
 * target utilization, tolerance and behavior of the specification.
 *
 * <p>Source: kubernetes {@code pkg/controller/podautoscaler/replica_calculator.go}, {@code horizontal.go}.
 */
final class HpaPolicy {
    private HpaPolicy() {}

    static ReplayPolicy of(DecisionRule rule) {
        return new RulePolicy(
                ReplayPolicy.HPA,
                rule,
                (setup, endpoint, load, headroom) ->
                        Sizing.tracking(endpoint.spec().policy(), headroom));
    }

    /** At a target utilization in place of the specification's, (0, 1]; named {@code hpa@0.5}. */
    static ReplayPolicy at(DecisionRule rule, double targetUtilization) {
        return new RulePolicy(ReplayPolicy.HPA + "@" + targetUtilization, rule, (setup, endpoint, load, headroom) -> {
            var policy = endpoint.spec().policy();
            return Sizing.tracking(
                    policy.withCapacity(policy.capacity().withTargetUtilization(targetUtilization)), headroom);
        });
    }
}
