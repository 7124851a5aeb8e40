package dev.prescale.bench;

import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.ForecastRequest;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.LeadTimeForecaster.Fitted;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What forecasts cost on a noisy daily cycle; {@code passOverTheArray} is the floor to compare with. Run alone:
 *
 * <pre>mvn -B -ntp -Pbench verify -Djmh=ForecastBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class ForecastBenchmark {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.5, 0.9, 0.95);

    /** Days of history. */
    @Param({"7", "28"})
    public int days;

    private RateSeries tenMinutes;
    private RateSeries minutes;
    private LeadTimeModel model;

    @Setup
    public void draw() {
        minutes = noisyDays(new Step(60));
        tenMinutes = minutes.regrid(new Step(600));
        model = (LeadTimeModel) fitLeadTimeDemand();
    }

    private RateSeries noisyDays(Step step) {
        SplittableRandom random = new SplittableRandom(17);
        double[] rates = new double[days * step.perDay()];
        for (int k = 0; k < rates.length; k++) {
            double cycle = 1 + 0.8 * Math.sin(2 * Math.PI * k / step.perDay());
            rates[k] = 50 * cycle * Math.exp(0.1 * random.nextGaussian());
        }
        return RateSeries.of(START, step, rates);
    }

    @Benchmark
    public double passOverTheArray() {
        double sum = 0;
        for (int k = 0; k < tenMinutes.size(); k++) {
            sum += tenMinutes.rateAt(k);
        }
        return sum;
    }

    @Benchmark
    public Forecast fitAndForecast48h() {
        return new CombinedForecaster().forecast(new ForecastRequest(tenMinutes, TrafficCalendar.UTC, 288, LEVELS));
    }

    @Benchmark
    public Fitted fitLeadTimeDemand() {
        return new DirectLeadTimeForecaster().fit(minutes, TrafficCalendar.UTC, Duration.ofSeconds(195), LEVELS);
    }

    @Benchmark
    public LeadTimeDemand askLeadTimeDemand() {
        return model.demandAt(minutes);
    }
}
