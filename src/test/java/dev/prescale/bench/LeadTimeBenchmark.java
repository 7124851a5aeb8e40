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

    private RateSeries history;
    private LeadTimeModel model;

    @Setup
    public void fit() {
        history = series.draw();
        model = (LeadTimeModel) fitOneLevel();
    }

    @Benchmark
    public Fitted fitOneLevel() {
        return new DirectLeadTimeForecaster().fit(history, TrafficCalendar.UTC, WINDOW, LEVEL);
    }

    @Benchmark
    public LeadTimeDemand ask() {
        return model.demandAt(history);
    }
}
