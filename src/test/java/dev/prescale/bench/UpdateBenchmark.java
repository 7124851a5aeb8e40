package dev.prescale.bench;

import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.FollowedSeries;
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
 * One more step for a series that is followed: all members learn, what was issued for the step is settled, and from time to
 * time a forecast is issued. Short iterations, because a followed series is rebuilt after weeks and not after years: one
 * after the other is taken from a supply. Run alone:
 *
 * <pre>make bench JMH=UpdateBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class UpdateBenchmark {
    private static final int STEPS = 288;
    private static final int SUPPLY = 80;

    @Param("TEN_MINUTES_28_DAYS")
    public BenchmarkSeries series;

    private final FollowedSeries[] supply = new FollowedSeries[SUPPLY];
    private double[] coming = {};
    private int used;
    private int taken;

    @Setup
    public void follow() {
        RateSeries whole = series.draw(2 * series.points());
        coming = whole.slice(series.points(), whole.size()).rates();
        for (int k = 0; k < SUPPLY; k++) {
            supply[k] = followed();
        }
    }

    private FollowedSeries followed() {
        return new CombinedForecaster().follow(series.draw(), TrafficCalendar.UTC, STEPS);
    }

    @Benchmark
    public FollowedSeries update() {
        if (taken == coming.length) {
            taken = 0;
            used++;
            if (used == SUPPLY) {
                used = 0;
                supply[used] = followed();
            }
        }
        supply[used].append(coming[taken++]);
        return supply[used];
    }
}
