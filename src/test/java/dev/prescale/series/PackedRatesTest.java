package dev.prescale.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedRatesTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {10, 60, 480, 600, 3600})
    void countsComeBackToTheLastBit(int seconds) {
        Step step = new Step(seconds);
        SplittableRandom random = new SplittableRandom(seconds);
        for (int most : new int[] {2, 65_534, 65_536, Integer.MAX_VALUE}) {
            double[] counts = random.ints(500, 0, most).asDoubleStream().toArray();
            counts[3] = Double.NaN;
            counts[5] = most - 1;
            counts[7] = 0;
            RateSeries series = RateSeries.ofCounts(START, step, counts);

            RateSeries packed = series.packed();

            assertThat(packed).isEqualTo(series).isNotSameAs(series);
            assertThat(packed.rates()).containsExactly(series.rates());
            assertThat(packed.gaps()).isEqualTo(1);
            assertThat(packed.slice(3, 9)).isEqualTo(series.slice(3, 9));
        }
    }

    @Test
    void ratesThatAreNoCountsStayAsTheyAre() {
        RateSeries series = RateSeries.of(START, new Step(600), 1.0, 0.123456, Double.NaN);

        assertThat(series.packed()).isSameAs(series);
    }

    @Test
    void aCountThatIsTooLargeStaysAsItIs() {
        RateSeries series = RateSeries.ofCounts(START, new Step(60), 1, 3e9);

        assertThat(series.packed()).isSameAs(series);
    }

    @Test
    void theLargestCountOfTwoBytesIsNotTakenForAGap() {
        RateSeries series = RateSeries.ofCounts(START, new Step(60), 65_535, 65_534);

        assertThat(series.packed().gaps()).isZero();
    }

    @Test
    void whatIsPackedIsOverlaidAndPackedAgain() {
        RateSeries packed =
                RateSeries.ofCounts(START, new Step(60), 1, Double.NaN, 3).packed();
        RateSeries newer = RateSeries.ofCounts(START.plusSeconds(60), new Step(60), 2, Double.NaN, 70_000);

        assertThat(packed.overlaidBy(newer).packed())
                .isEqualTo(RateSeries.ofCounts(START, new Step(60), 1, 2, 3, 70_000));
        assertThat(packed.packed()).isSameAs(packed);
    }
}
