package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.testing.Rates;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntermittentRateTest {
    private static final Step TEN_MINUTES = Rates.TEN_MINUTES;
    private static final double[] LEVELS = {0.1, 0.5, 0.9, 0.95, 0.99};

    private static RateSeries counts(int steps, java.util.function.IntToDoubleFunction count) {
        return Rates.of(TEN_MINUTES, steps, t -> count.applyAsDouble(t) / 600);
    }

    private static IntermittentRate fed(RateSeries series) {
        IntermittentRate rate = new IntermittentRate(series.step());
        for (int t = 0; t < series.size(); t++) {
            rate.feed(t / 6 % 24, series.rateAt(t));
        }
        return rate;
    }

    @Test
    void manyZerosOrFewRequestsAreIntermittent() {
        assertThat(IntermittentRate.isIntermittent(counts(100, t -> t % 3 == 0 ? 0 : 50)))
                .isTrue();
        assertThat(IntermittentRate.isIntermittent(counts(100, t -> t % 4 == 0 ? 0 : 50)))
                .isFalse();
        assertThat(IntermittentRate.isIntermittent(counts(100, t -> 1.9))).isTrue();
        assertThat(IntermittentRate.isIntermittent(counts(100, t -> 2))).isFalse();
        assertThat(IntermittentRate.isIntermittent(counts(10, t -> Double.NaN))).isFalse();
    }

    @Test
    void theStepIsCoarsenedUntilItHasFiveRequests() {
        assertThat(IntermittentRate.coarserStep(counts(600, t -> 1))).contains(new Step(3600)); // 6 an hour
        assertThat(IntermittentRate.coarserStep(counts(600, t -> t % 2 * 6)))
                .contains(new Step(1800)); // 0, 6, 0 / 6, 0, 6
        assertThat(IntermittentRate.coarserStep(counts(600, t -> t % 6 == 0 ? 4 : 0)))
                .isEmpty();
    }

    @Test
    void aPoissonCountHasItsOwnQuantiles() {
        // mean 1: P(0) = .368, cumulated .736, .920, .981, .996
        SplittableRandom random = new SplittableRandom(3);
        IntermittentRate rate = fed(counts(14 * 144, t -> poisson(random, 1)));
        assertThat(rate.chanceOfAny(50, 12)).isCloseTo(1 - Math.exp(-1), within(0.03));
        double[] quantiles = rate.quantiles(50, 12, LEVELS);
        assertThat(quantiles[0]).isZero();
        assertThat(quantiles[1] * 600).isCloseTo(1, within(1e-9));
        assertThat(quantiles[2] * 600).isCloseTo(2, within(1e-9));
        assertThat(quantiles[3] * 600).isBetween(2.9, 3.1);
        assertThat(quantiles[4] * 600).isBetween(3.9, 5.1);
        assertThat(rate.mean(50, 12) * 600).isCloseTo(1, within(0.1));
    }

    private static int poisson(SplittableRandom random, double mean) {
        double left = Math.exp(-mean);
        int count = -1;
        double product = 1;
        do {
            product *= random.nextDouble();
            count++;
        } while (product > left);
        return count;
    }

    @Test
    void aClientThatIsOnStaysOnForAWhile() {
        // on for 6 steps of 60: P(on | on) = 5/6, P(on | off) = 1/54
        IntermittentRate rate = fed(counts(10 * 144 + 3, t -> t % 60 < 6 ? 100 : 0));
        double usual = 0.1;
        double rho = 5.0 / 6 - 1.0 / 54;
        assertThat(rate.chanceOfAny(1, 0)).isCloseTo(usual + (1 - usual) * rho, within(0.02));
        assertThat(rate.chanceOfAny(100, 0)).isCloseTo(usual, within(0.02));
        // 90 % of the steps far ahead are idle
        assertThat(rate.quantiles(100, 0, new double[] {0.85})[0]).isZero();
        assertThat(rate.quantiles(1, 0, new double[] {0.5})[0]).isCloseTo(100.0 / 600, within(0.02));
    }

    @Test
    void aWindowIsIdleWhereEveryStepOfItIs() {
        IntermittentRate rate = fed(counts(20 * 144, t -> t % 10 == 0 ? 3 : 0));
        double one = rate.chanceOfAny(5, 6, h -> 0);
        assertThat(one).isCloseTo(rate.chanceOfAny(5, 0), within(1e-12));
        double two = rate.chanceOfAny(5, 7, h -> 0);
        assertThat(two).isCloseTo(1 - 0.9 * 0.9, within(0.03));
        assertThat(rate.chanceOfAny(5, 100, h -> 0)).isGreaterThan(0.99);
    }

    @Test
    void busyHoursHaveTheirOwnChance() {
        IntermittentRate rate = fed(counts(28 * 144, t -> t / 6 % 24 == 9 ? t % 2 : 0));
        assertThat(rate.chanceOfAny(50, 9)).isGreaterThan(3 * rate.chanceOfAny(50, 3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-6, 1, 1e9})
    void quantilesAreFiniteNeverNegativeAndAscendAtEveryScale(double scale) {
        SplittableRandom random = new SplittableRandom(7);
        IntermittentRate rate = fed(Rates.of(TEN_MINUTES, 800, t -> {
            double u = random.nextDouble();
            return u < 0.1 ? Double.NaN : u < 0.7 ? 0 : u * scale;
        }));
        for (int h = 1; h < 300; h += 13) {
            double last = 0;
            for (double quantile : rate.quantiles(h, h % 24, LEVELS)) {
                assertThat(quantile).isBetween(last, 1e12);
                last = quantile;
            }
            assertThat(rate.chanceOfAny(h, h % 24)).isBetween(0.0, 1.0);
        }
    }

    @Test
    void withoutAStepAHalfIsAsLikelyAsNot() {
        IntermittentRate rate = new IntermittentRate(TEN_MINUTES);
        assertThat(rate.chanceOfAny(1, 0)).isEqualTo(0.5);
        assertThat(rate.quantiles(1, 0, LEVELS)).isSorted();
    }
}
