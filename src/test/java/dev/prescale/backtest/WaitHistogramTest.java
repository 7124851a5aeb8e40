package dev.prescale.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WaitHistogramTest {
    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aQuantileIsWithinFivePercent(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double median = Math.exp(random.nextDouble(-4, 5));
        double[] waits = random.doubles(2_000)
                .map(u -> Math.min(3_000, median * Math.exp(2 * (u - 0.5) * random.nextDouble(0.1, 3))))
                .toArray();
        WaitHistogram histogram = new WaitHistogram();
        Arrays.stream(waits).forEach(wait -> histogram.addAt(wait, 1));
        double[] sorted = Arrays.stream(waits).sorted().toArray();
        double exact = sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
        assertThat(histogram.quantile(0.95)).isCloseTo(exact, within(0.05 * exact));
    }

    @Test
    void waitsThatRiseEvenlyAreSpreadEvenly() {
        WaitHistogram histogram = new WaitHistogram();
        histogram.addBetween(0, 10, 50);
        histogram.addBetween(10, 0, 50);
        assertThat(histogram.total()).isCloseTo(100, within(1e-9));
        assertThat(histogram.quantile(0.95)).isCloseTo(9.5, within(0.1));
        assertThat(histogram.quantile(0.5)).isCloseTo(5, within(1e-2));
    }

    @Test
    void nothingWaitedForNothing() {
        WaitHistogram histogram = new WaitHistogram();
        assertThat(histogram.quantile(0.95)).isZero();
        histogram.addAt(0.0005, 3);
        assertThat(histogram.quantile(0.95)).isZero();
    }

    @Test
    void theLongestPatienceHasABucket() {
        WaitHistogram histogram = new WaitHistogram();
        histogram.addAt(3_600, 1);
        assertThat(histogram.quantile(0.95)).isCloseTo(3_600, within(180.0));
    }
}
