package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.Trace;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.series.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Crane-like: an EffectiveHorizontalPodAutoscaler with prediction by DSP. Its HPA takes the larger of the present rate and the largest
 * rate predicted within the prediction window, both at the specification's target utilization; see {@link CraneForecast}.
 *
 * <p>Source: gocrane/crane {@code docs/tutorials/using-effective-hpa-to-scaling-with-effectiveness.md},
 * {@code pkg/prediction/dsp}.
 */
final class SpectralPolicy implements ReplayPolicy {
    static final String NAME = "spectral";

    private final DecisionRule rule;
    private final double headroom;
    private final Predictions predictions;

    SpectralPolicy(DecisionRule rule) {
        this(rule, 1, new Predictions());
    }

    private SpectralPolicy(DecisionRule rule, double headroom, Predictions predictions) {
        this.rule = rule;
        this.headroom = headroom;
        this.predictions = predictions;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return RuleScaler.all(setup, workloads, rule, (endpoint, load) -> {
            double factor = headroom / endpoint.spec().policy().capacity().targetUtilization();
            CraneForecast predicted = predictions.of(endpoint, load, setup.from(), setup.to());
            return Sizing.trackingAndForecast(
                    endpoint.spec().policy(), headroom, now -> predicted.peakFrom(now) * factor);
        });
    }

    @Override
    public Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.of(new SpectralPolicy(rule, headroom * factor, predictions));
    }

    /**
     * Predictions do not depend on the headroom and take longer than a replay: policies that differ in it share them, also when they
     * run at the same time.
     */
    private static final class Predictions {
        private final Map<Of, CraneForecast> made = new HashMap<>();

        synchronized CraneForecast of(ReplaySetup.Endpoint endpoint, SeenLoad load, Instant from, Instant to) {
            double unit = endpoint.spec().policy().capacity().sustainedBy(1);
            return made.computeIfAbsent(
                    new Of(endpoint.trace(), load.step(), unit, from, to),
                    key -> CraneForecast.of(load, unit, from, to));
        }
    }

    private record Of(Trace trace, Step step, double unit, Instant from, Instant to) {}
}
