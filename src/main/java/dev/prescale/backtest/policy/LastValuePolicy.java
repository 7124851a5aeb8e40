package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.RateReading;

/**
 * The load stays as it is: the newest rate is the forecast, divided by the specification's target utilization. It has the headroom
 * of target tracking, but no tolerance.
 *
 * <p>Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.2 (naive method).
 */
final class LastValuePolicy {
    static final String NAME = "lastValue";

    private LastValuePolicy() {}

    static ReplayPolicy of(DecisionRule rule) {
        return new RulePolicy(
                NAME,
                rule,
                (setup, endpoint, load, headroom) -> Sizing.forecastAlone(
                        endpoint.spec().policy(),
                        headroom,
                        now -> load.readingAt(now) instanceof RateReading.Known(double rate) ? rate : Double.NaN));
    }
}
