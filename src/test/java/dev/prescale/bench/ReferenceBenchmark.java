package dev.prescale.bench;

import com.github.servicenow.ds.stats.stl.SeasonalTrendLoess;
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
 * What every other figure is compared with: one pass over the array, which nothing that learns from all of it can beat, and
 * one decomposition of the same series by stl-decomp-4j, season a day, 35 seasons wide, all else as that library has it: not
 * robust (two inner rounds) and robust (15 outer rounds). Both fit every tenth point of a smoother's width. Run alone:
 *
 * <pre>make bench JMH=ReferenceBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReferenceBenchmark {
    private static final int SEASONS_WIDE = 35;

    @Param({"TEN_MINUTES_28_DAYS", "TEN_MINUTES_140_DAYS", "MINUTES_14_DAYS"})
    public BenchmarkSeries series;

    private double[] rates;

    @Setup
    public void draw() {
        rates = series.draw().rates();
    }

    @Benchmark
    public double passOverTheArray() {
        double sum = 0;
        for (double rate : rates) {
            sum += rate;
        }
        return sum;
    }

    @Benchmark
    public SeasonalTrendLoess.Decomposition stl() {
        return decomposition(false);
    }

    @Benchmark
    public SeasonalTrendLoess.Decomposition stlRobust() {
        return decomposition(true);
    }

    private SeasonalTrendLoess.Decomposition decomposition(boolean robust) {
        return new SeasonalTrendLoess.Builder()
                .setPeriodLength(series.step().perDay())
                .setSeasonalWidth(SEASONS_WIDE)
                .setRobustFlag(robust)
                .buildSmoother(rates)
                .decompose();
    }
}
