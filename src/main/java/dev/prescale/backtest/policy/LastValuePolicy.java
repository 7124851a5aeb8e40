package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.RateReading;
import java.util.Optional;

/**
 * The load stays as it is: the newest rate is the forecast, divided by the specification's target utilization. It has the headroom
 * of target tracking, but no tolerance.
 *
 * <p>Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.2 (naive method).
 */
record LastValuePolicy(DecisionRule rule, double headroom) implements ReplayPolicy {
    static final String NAME = "lastValue";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return RuleScaler.all(setup, workloads, rule, (endpoint, load) -> {
            double factor = headroom / endpoint.spec().policy().capacity().targetUtilization();
            return Sizing.forecastAlone(
                    endpoint.spec().policy(),
                    now -> load.readingAt(now) instanceof RateReading.Known(double rate) ? rate * factor : Double.NaN);
        });
    }

    @Override
    public Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.of(new LastValuePolicy(rule, headroom * factor));
    }
}
