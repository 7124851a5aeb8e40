package dev.prescale.bench;

import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.LeadTimeForecaster.Fitted;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lead-time demand of one level, at steps of a minute, for a window of three minutes and a cycle. Run alone:
 *
 * <pre>make bench JMH=LeadTimeBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LeadTimeBenchmark {
    private static final QuantileLevels LEVEL = QuantileLevels.of(0.95);
    private static final Duration WINDOW = Duration.ofSeconds(195);

    @Param("MINUTES_14_DAYS")
    public BenchmarkSeries series;

    /** Days after the history, more than an iteration gets through. */
    private static final int DAYS_AHEAD = 80;

    private RateSeries history;
    private RateSeries coming;
    private LeadTimeModel model;
    private LeadTimeModel growing;
    private int taken;

    @Setup
    public void fit() {
        history = series.draw();
        coming = series.draw(history.size() + DAYS_AHEAD * history.step().perDay());
        model = (LeadTimeModel) fitOneLevel();
    }

    @Setup(Level.Iteration)
    public void begin() {
        growing = (LeadTimeModel) fitOneLevel();
        taken = history.size();
    }

    @Benchmark
    public Fitted fitOneLevel() {
        return new DirectLeadTimeForecaster().fit(history, TrafficCalendar.UTC, WINDOW, LEVEL);
    }

    /** Where nothing is new. */
    @Benchmark
    public LeadTimeDemand ask() {
        return model.demandAt(history);
    }

    /** After one more minute, the copy of the last 14 days that is handed over included. */
    @Benchmark
    public LeadTimeDemand updateAndAsk() {
        taken = Math.min(taken + 1, coming.size());
        return growing.demandAt(coming.slice(taken - history.size(), taken));
    }

    /** That copy alone, to be taken off. */
    @Benchmark
    public RateSeries historyCopied() {
        taken = Math.min(taken + 1, coming.size());
        return coming.slice(taken - history.size(), taken);
    }
}
