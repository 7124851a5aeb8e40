package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.DecisionRule;
import java.util.Optional;

/**
 * AWS-like predictive scaling beside target tracking: the larger of the two; see {@link HourlyForecast}. The forecast takes nothing
 * away: where less is expected, replicas go when target tracking lets them go.
 *
 * <p>Source: AWS, "How Application Auto Scaling predictive scaling works" and {@code PredictiveScalingConfiguration}.
 */
record HourlyPolicy(DecisionRule rule, double headroom) implements ReplayPolicy {
    static final String NAME = "hourly";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return RuleScaler.all(setup, workloads, rule, (endpoint, load) -> {
            double factor = headroom / endpoint.spec().policy().capacity().targetUtilization();
            var hourly = new HourlyForecast(
                    endpoint.trace(), endpoint.spec().calendar().zone());
            return Sizing.trackingAndForecast(endpoint.spec().policy(), headroom, now -> hourly.rateAt(now) * factor);
        });
    }

    @Override
    public Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.of(new HourlyPolicy(rule, headroom * factor));
    }
}
