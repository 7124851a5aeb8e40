package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.DecisionRule;
import java.time.Duration;
import java.util.Optional;

/**
 * PHPA-like: the Predictive Horizontal Pod Autoscaler with a Holt-Winters model of the replica counts that an HPA calculates; the
 * larger of the two ({@code decisionType: maximum}); see {@link ReplicaForecast}.
 *
 * <p>Source: jthomperoo/predictive-horizontal-pod-autoscaler, {@code docs/user-guide/models.md},
 * {@code algorithms/holt_winters/holt_winters.py} and {@code examples/simple-holt-winters}.
 */
record HoltWintersPolicy(DecisionRule rule, double headroom) implements ReplayPolicy {
    static final String NAME = "holtWinters";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return RuleScaler.all(setup, workloads, rule, (endpoint, load) -> {
            Duration leadTime = endpoint.startTime().p90().plus(setup.cycle());
            return Sizing.trackingAndForecast(
                    endpoint.spec().policy(),
                    headroom,
                    new ReplicaForecast(load, endpoint.spec().policy().capacity(), headroom, leadTime));
        });
    }

    @Override
    public Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.of(new HoltWintersPolicy(rule, headroom * factor));
    }
}
