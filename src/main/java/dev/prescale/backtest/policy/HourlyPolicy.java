package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.scaling.DecisionRule;

/**
 * AWS-like predictive scaling beside target tracking: the larger of the two; see {@link HourlyForecast}. The forecast takes nothing
 * away: where less is expected, replicas go when target tracking lets them go.
 *
 * <p>Source: AWS, "How Application Auto Scaling predictive scaling works" and {@code PredictiveScalingConfiguration}.
 */
final class HourlyPolicy {
    static final String NAME = "hourly";

    private HourlyPolicy() {}

    static ReplayPolicy of(DecisionRule rule) {
        return new RulePolicy(
                NAME,
                rule,
                (setup, endpoint, load, headroom) -> Sizing.trackingAndForecast(
                        endpoint.spec().policy(),
                        headroom,
                        new HourlyForecast(load, endpoint.spec().calendar().zone())));
    }
}
