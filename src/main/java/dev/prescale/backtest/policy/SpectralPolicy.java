package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.SampleFaults;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Crane-like: an EffectiveHorizontalPodAutoscaler with prediction by DSP. Its HPA takes the larger of the present rate and the largest
 * rate predicted within the prediction window, both at the specification's target utilization; see {@link CraneForecast}.
 *
 * <p>Source: gocrane/crane {@code docs/tutorials/using-effective-hpa-to-scaling-with-effectiveness.md},
 * {@code pkg/prediction/dsp}.
 */
final class SpectralPolicy {
    static final String NAME = "spectral";

    private SpectralPolicy() {}

    static ReplayPolicy of(DecisionRule rule) {
        var predictions = new Predictions();
        return new RulePolicy(
                NAME,
                rule,
                (setup, endpoint, load, headroom) -> Sizing.trackingAndForecast(
                        endpoint.spec().policy(), headroom, predictions.of(setup, endpoint, load)));
    }

    /**
     * Predictions do not depend on the headroom and take longer than a replay: policies that differ in it share them, also when they
     * run at the same time.
     */
    private static final class Predictions {
        private final Map<Of, CraneForecast> made = new HashMap<>();

        synchronized CraneForecast of(ReplaySetup setup, ReplaySetup.Endpoint endpoint, SeenLoad load) {
            double unit = endpoint.spec().policy().capacity().sustainedBy(1);
            var key = new Of(load.series(), setup.simulation().samples(), setup.seed(), unit, setup.from(), setup.to());
            return made.computeIfAbsent(key, absent -> CraneForecast.of(load, unit, setup.from(), setup.to()));
        }
    }

    /** What predictions depend on. */
    private record Of(RateSeries load, SampleFaults samples, long seed, double unit, Instant from, Instant to) {}
}
