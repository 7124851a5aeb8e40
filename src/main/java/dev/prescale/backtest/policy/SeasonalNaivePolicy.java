package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.DecisionRule;
import java.util.Optional;

/**
 * The load is what it was at the same local time yesterday, or a week ago: the largest rate then over the lead time from now, divided
 * by the specification's target utilization.
 *
 * <p>Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.2 (seasonal naive method).
 *
 * @param days length of the season
 */
record SeasonalNaivePolicy(String name, int days, DecisionRule rule, double headroom) implements ReplayPolicy {
    static final String DAY = "dayNaive";
    static final String WEEK = "weekNaive";

    static SeasonalNaivePolicy ofDay(DecisionRule rule) {
        return new SeasonalNaivePolicy(DAY, 1, rule, 1);
    }

    static SeasonalNaivePolicy ofWeek(DecisionRule rule) {
        return new SeasonalNaivePolicy(WEEK, 7, rule, 1);
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return RuleScaler.all(setup, workloads, rule, (endpoint, load) -> {
            double factor = headroom / endpoint.spec().policy().capacity().targetUtilization();
            var past = new SeasonalNaivePeak(
                    load,
                    endpoint.spec().calendar().zone(),
                    days,
                    endpoint.startTime().p90().plus(setup.cycle()));
            return Sizing.forecastAlone(endpoint.spec().policy(), now -> past.peakFrom(now) * factor);
        });
    }

    @Override
    public Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.of(new SeasonalNaivePolicy(name, days, rule, headroom * factor));
    }
}
