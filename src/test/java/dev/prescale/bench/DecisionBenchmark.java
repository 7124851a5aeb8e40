package dev.prescale.bench;

import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.ForecastView;
import dev.prescale.scaling.Observation;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingHistory;
import dev.prescale.scaling.ScalingHistory.Recommendation;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision with an hour of recommendations behind it. Run alone:
 *
 * <pre>make bench JMH=DecisionBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecisionBenchmark {
    private static final Instant NOW = Instant.parse("2024-01-01T12:00:00Z");

    private final CombinedDecisionRule rule = new CombinedDecisionRule();
    private final ScalingPolicy policy = Specs.aPolicy();
    private final Observation observation =
            new Observation(7, 7, new RateReading.Known(64), Map.of(), List.of(), false, Observation.Pause.NONE);
    private final ForecastView forecast = new ForecastView.Available(71, 71, Duration.ofSeconds(120), true, false);
    private final ScalingHistory past = new ScalingHistory(
            IntStream.range(0, 240)
                    .mapToObj(k -> new Recommendation(NOW.minusSeconds(15L * (240 - k)), 5 + k % 4))
                    .toList(),
            List.of(),
            0,
            false);

    @Benchmark
    public ScalingDecision decide() {
        return rule.decide(policy, observation, forecast, past, NOW);
    }
}
