package dev.prescale.bench;

import dev.prescale.forecast.BaselineForecaster;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.CsrRebuild;
import dev.prescale.forecast.FollowedSeries;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.ForecastRequest;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
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
 * Forecasts of 48 h with five quantiles at a step of ten minutes: rebuilt from a history, and of a series that has
 * been followed; parts and baselines beside them. Run alone:
 *
 * <pre>make bench JMH=ForecastBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ForecastBenchmark {
    private static final int STEPS = 288;
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.1, 0.5, 0.9, 0.95, 0.99);

    @Param({"TEN_MINUTES_28_DAYS", "TEN_MINUTES_140_DAYS"})
    public BenchmarkSeries series;

    private RateSeries history;
    private FollowedSeries followed;

    @Setup
    public void draw() {
        history = series.draw();
        followed = new CombinedForecaster().follow(history, TrafficCalendar.UTC, STEPS);
    }

    /** Seasonal states and direct regression alone. */
    @Benchmark
    public double[][] csrRebuilt() {
        return CsrRebuild.of(history, STEPS);
    }

    /** All members grown along the history, judged and combined, then asked for a forecast. */
    @Benchmark
    public Forecast combinationRebuilt() {
        return new CombinedForecaster().forecast(new ForecastRequest(history, TrafficCalendar.UTC, STEPS, LEVELS));
    }

    /** Of a series that has been followed. */
    @Benchmark
    public Forecast forecast() {
        return followed.forecast(LEVELS);
    }

    @Benchmark
    public double[] holtWinters() {
        return BaselineForecaster.named("holtWinters").forecast(history, TrafficCalendar.UTC, STEPS);
    }

    @Benchmark
    public double[] seasonalTrend() {
        return BaselineForecaster.named("seasonalTrend").forecast(history, TrafficCalendar.UTC, STEPS);
    }
}
