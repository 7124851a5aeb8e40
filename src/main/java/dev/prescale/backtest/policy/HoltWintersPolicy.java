package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.scaling.DecisionRule;

/**
 * PHPA-like: the Predictive Horizontal Pod Autoscaler with a Holt-Winters model of the replica counts that an HPA calculates; the
 * larger of the two ({@code decisionType: maximum}); see {@link ReplicaForecast}.
 *
 * <p>Source: jthomperoo/predictive-horizontal-pod-autoscaler, {@code docs/user-guide/models.md},
 * {@code algorithms/holt_winters/holt_winters.py} and {@code examples/simple-holt-winters}.
 */
final class HoltWintersPolicy {
    static final String NAME = "holtWinters";

    private HoltWintersPolicy() {}

    static ReplayPolicy of(DecisionRule rule) {
        return new RulePolicy(NAME, rule, (setup, endpoint, load, headroom) -> {
            var policy = endpoint.spec().policy();
            var leadTime = endpoint.startTime().p90().plus(setup.cycle());
            return Sizing.trackingAndReplicas(
                    policy, headroom, new ReplicaForecast(load, policy.capacity(), headroom, leadTime));
        });
    }
}
