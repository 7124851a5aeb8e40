package dev.prescale.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    /** Grown by readings as a history is, of counts and of rates, with gaps, late samples and jumps; all that came before stays. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aGrowingHistoryIsWhatWasReadLast(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Step step = new Step(60);
        List<Double> expected = new ArrayList<>(List.of(3 / 60.0));
        RateSeries grown = RateSeries.of(START, step, 3 / 60.0).packed();
        List<RateSeries> before = new ArrayList<>();
        List<double[]> ratesBefore = new ArrayList<>();
        for (int reading = 0; reading < 100; reading++) {
            before.add(grown);
            ratesBefore.add(grown.rates());
            int from = Math.max(0, expected.size() - random.nextInt(4) + random.nextInt(2));
            double[] rates = new double[random.nextInt(1, 7)];
            for (int k = 0; k < rates.length; k++) {
                boolean isKnown = from + k < expected.size() && random.nextInt(20) > 0;
                rates[k] = isKnown ? expected.get(from + k) : drawn(random);
                while (expected.size() <= from + k) {
                    expected.add(Double.NaN);
                }
                if (!Double.isNaN(rates[k])) {
                    expected.set(from + k, rates[k]);
                }
            }

            grown = grown.overlaidBy(RateSeries.of(START.plusSeconds(60L * from), step, rates))
                    .packed();

            assertThat(grown.rates())
                    .containsExactly(expected.stream().mapToDouble(rate -> rate).toArray());
        }
        for (int k = 0; k < before.size(); k++) {
            assertThat(before.get(k).rates()).containsExactly(ratesBefore.get(k));
        }
    }

    private static double drawn(SplittableRandom random) {
        return switch (random.nextInt(60)) {
            case 0 -> 70_000 / 60.0;
            case 1 -> random.nextInt(2) / 7.0;
            case 2, 3, 4 -> Double.NaN;
            default -> random.nextInt(1_000) / 60.0;
        };
    }

    @ParameterizedTest
    @ValueSource(doubles = {5 / 60.0, 70_000 / 60.0, 0.123456})
    void twoThatGrowFromTheSameHistoryDoNotMeet(double first) {
        Step step = new Step(60);
        RateSeries known = RateSeries.of(START, step, first).packed();
        RateSeries grown = known.overlaidBy(RateSeries.of(START.plusSeconds(60), step, first));

        RateSeries one = grown.overlaidBy(RateSeries.of(START.plusSeconds(120), step, 1));
        RateSeries other = grown.overlaidBy(RateSeries.of(START.plusSeconds(120), step, 2, 3));

        assertThat(one.rates()).containsExactly(first, first, 1);
        assertThat(other.rates()).containsExactly(first, first, 2, 3);
        assertThat(grown.rates()).containsExactly(first, first);
        assertThatThrownBy(() -> grown.rateAt(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
