package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.scaling.DecisionRule;

/**
 * The load is what it was at the same local time yesterday, or a week ago: the largest rate then over the lead time from now, divided
 * by the specification's target utilization.
 *
 * <p>Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.2 (seasonal naive method).
 */
final class SeasonalNaivePolicy {
    static final String DAY = "dayNaive";
    static final String WEEK = "weekNaive";

    private SeasonalNaivePolicy() {}

    static ReplayPolicy ofDay(DecisionRule rule) {
        return of(DAY, 1, rule);
    }

    static ReplayPolicy ofWeek(DecisionRule rule) {
        return of(WEEK, 7, rule);
    }

    private static ReplayPolicy of(String name, int days, DecisionRule rule) {
        return new RulePolicy(name, rule, (setup, endpoint, load, headroom) -> {
            var past = new SeasonalNaivePeak(
                    load,
                    endpoint.spec().calendar().zone(),
                    days,
                    endpoint.startTime().p90().plus(setup.cycle()));
            return Sizing.forecastAlone(endpoint.spec().policy(), headroom, past);
        });
    }
}
