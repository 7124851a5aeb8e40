package dev.prescale.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateSeriesTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Step MINUTE = new Step(60);
    private static final Step TEN_MINUTES = new Step(600);
    private static final double GAP = Double.NaN;

    @Test
    void countsAreDividedByTheLengthOfTheStep() {
        assertThat(RateSeries.ofCounts(START, MINUTE, 60, 0, GAP).rates()).containsExactly(1, 0, GAP);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aRateThatCannotBeIsRefusedWithItsPlace(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateSeries.of(START, MINUTE, 1, rate))
                .withMessage("rates[1] must be finite and >= 0 req/s, or NaN for a gap, was " + rate);
    }

    @Test
    void theRatesGivenAndTakenAreCopies() {
        double[] rates = {1, 2};
        RateSeries series = RateSeries.of(START, MINUTE, rates);
        rates[0] = 9;
        series.rates()[1] = 9;
        assertThat(series.rates()).containsExactly(1, 2);
    }

    @Test
    void aNegativeZeroIsZero() {
        assertThat(RateSeries.of(START, MINUTE, -0.0)).isEqualTo(RateSeries.of(START, MINUTE, 0.0));
    }

    @Test
    void gapsAreCountedAndTheNewestSampleIsFoundBeforeThem() {
        RateSeries series = RateSeries.of(START, MINUTE, GAP, 0, 3, GAP, GAP);
        assertThat(series.gaps()).isEqualTo(3);
        assertThat(series.lastSample()).isEqualTo(2);
        assertThat(series.hasSamples()).isTrue();
    }

    @Test
    void aSeriesOfGapsHasNoSample() {
        assertThat(RateSeries.of(START, MINUTE, GAP, GAP).hasSamples()).isFalse();
        assertThat(RateSeries.of(START, MINUTE, GAP, GAP).lastSample()).isEqualTo(-1);
        assertThat(RateSeries.empty(START, MINUTE).hasSamples()).isFalse();
        assertThat(RateSeries.empty(START, MINUTE).lastSample()).isEqualTo(-1);
        assertThat(RateSeries.empty(START, MINUTE).end()).isEqualTo(START);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01T00:00:00Z, 0",
        "2024-01-01T00:00:59.999999999Z, 0",
        "2024-01-01T00:01:00Z, 1",
        "2023-12-31T23:59:59.9999Z, -1",
        "2023-12-31T23:59:00Z, -1",
        "2023-12-31T23:58:59.999999999Z, -2"
    })
    void anInstantHasTheIndexOfTheStepThatCoversIt(Instant instant, int index) {
        assertThat(RateSeries.of(START, MINUTE, 1, 2).indexOf(instant)).isEqualTo(index);
    }

    @Test
    void anIndexThatNoSeriesHasIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateSeries.of(START, new Step(1), 1).indexOf(START.plus(Duration.ofDays(36_524))))
                .withMessage("2124-01-01T00:00:00Z is more than 2147483647 steps of PT1S from 2024-01-01T00:00:00Z");
    }

    @Test
    void aSliceKeepsItsPlaceInTime() {
        RateSeries series = RateSeries.of(START, MINUTE, 1, 2, 3, 4);
        assertThat(series.slice(1, 3)).isEqualTo(RateSeries.of(START.plusSeconds(60), MINUTE, 2, 3));
        assertThat(series.slice(4, 4)).isEqualTo(RateSeries.empty(series.end(), MINUTE));
    }

    @ParameterizedTest
    @CsvSource({"-1, 2", "0, 5", "3, 2"})
    void aSliceOutsideIsRefused(int from, int to) {
        RateSeries series = RateSeries.of(START, MINUTE, 1, 2, 3, 4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> series.slice(from, to))
                .withMessage("slice [%s, %s) of 4 steps".formatted(from, to));
    }

    @Test
    void untilKeepsTheStepsThatAreOver() {
        RateSeries series = RateSeries.of(START, MINUTE, 1, 2, 3);
        assertThat(series.until(START.plusSeconds(120))).isEqualTo(series.slice(0, 2));
        assertThat(series.until(START.plusSeconds(119))).isEqualTo(series.slice(0, 1));
        assertThat(series.until(START.minusSeconds(1)).size()).isZero();
        assertThat(series.until(START.plusSeconds(9999))).isEqualTo(series);
    }

    @Test
    void fromKeepsTheStepsThatBeginThen() {
        RateSeries series = RateSeries.of(START, MINUTE, 1, 2, 3);
        assertThat(series.from(START.plusSeconds(60))).isEqualTo(series.slice(1, 3));
        assertThat(series.from(START.plusSeconds(61))).isEqualTo(series.slice(2, 3));
        assertThat(series.from(START.minusSeconds(1))).isEqualTo(series);
        assertThat(series.from(series.end()).size()).isZero();
    }

    @Test
    void aWindowBeyondAnyCalendarIsTheWholeSeriesOrNothing() {
        RateSeries series = RateSeries.of(START, new Step(1), 1, 2, 3);
        assertThat(series.until(Instant.MAX)).isEqualTo(series);
        assertThat(series.until(Instant.MIN).size()).isZero();
        assertThat(series.from(Instant.MIN)).isEqualTo(series);
        assertThat(series.from(Instant.MAX).size()).isZero();
    }

    @Test
    void aNewerReadingWinsWhereItHasASample() {
        RateSeries older = RateSeries.of(START, MINUTE, 1, 2, GAP, 4);
        RateSeries newer = RateSeries.of(START.plusSeconds(60), MINUTE, 20, 30, GAP, 50);
        assertThat(older.overlaidBy(newer)).isEqualTo(RateSeries.of(START, MINUTE, 1, 20, 30, 4, 50));
    }

    @Test
    void stepsBetweenTwoReadingsAreGaps() {
        RateSeries older = RateSeries.of(START, MINUTE, 1);
        RateSeries newer = RateSeries.of(START.plusSeconds(180), MINUTE, 4);
        assertThat(older.overlaidBy(newer)).isEqualTo(RateSeries.of(START, MINUTE, 1, GAP, GAP, 4));
        assertThat(newer.overlaidBy(older)).isEqualTo(RateSeries.of(START, MINUTE, 1, GAP, GAP, 4));
    }

    @Test
    void anEmptyReadingChangesNothing() {
        RateSeries series = RateSeries.of(START, MINUTE, 1, 2);
        assertThat(series.overlaidBy(RateSeries.empty(START, MINUTE))).isEqualTo(series);
        assertThat(RateSeries.empty(START, MINUTE).overlaidBy(series)).isEqualTo(series);
    }

    @Test
    void aReadingOfAnotherGridIsRefused() {
        RateSeries series = RateSeries.of(START, MINUTE, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> series.overlaidBy(RateSeries.of(START.plusSeconds(30), MINUTE, 1)))
                .withMessage("2024-01-01T00:00:30Z is not on the grid of 2024-01-01T00:00:00Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> series.overlaidBy(RateSeries.of(START, TEN_MINUTES, 1)))
                .withMessageStartingWith("step must be");
    }

    @Test
    void aCoarserStepIsTheMeanOfItsSamples() {
        RateSeries series =
                RateSeries.of(START, MINUTE, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20);
        assertThat(series.regrid(TEN_MINUTES)).isEqualTo(RateSeries.of(START, TEN_MINUTES, 4.5, 20));
    }

    @Test
    void aCoarserStepNeedsSevenTenthsOfItsSamples() {
        RateSeries seven = RateSeries.of(START, MINUTE, 1, GAP, 2, 3, GAP, 4, 5, 6, GAP, 7);
        RateSeries six = RateSeries.of(START, MINUTE, 1, GAP, 2, 3, GAP, 4, 5, 6, GAP, GAP);
        assertThat(seven.regrid(TEN_MINUTES)).isEqualTo(RateSeries.of(START, TEN_MINUTES, 4)); // 28 / 7
        assertThat(six.regrid(TEN_MINUTES)).isEqualTo(RateSeries.of(START, TEN_MINUTES, GAP));
    }

    @Test
    void coarserStepsAreAlignedToTheClock() {
        RateSeries series = RateSeries.of(START.plusSeconds(8 * 60), MINUTE, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        // 00:08 and 00:09 are two of the ten minutes from 00:00 on, too few
        assertThat(series.regrid(TEN_MINUTES)).isEqualTo(RateSeries.of(START, TEN_MINUTES, GAP, 1));
    }

    @Test
    void aCoarserStepThatIsNotOverIsLeftOut() {
        RateSeries series = RateSeries.of(START, MINUTE, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5, 5, 5, 5);
        assertThat(series.regrid(TEN_MINUTES)).isEqualTo(RateSeries.of(START, TEN_MINUTES, 1));
        assertThat(RateSeries.of(START, MINUTE, 1, 1).regrid(TEN_MINUTES).size())
                .isZero();
        assertThat(RateSeries.empty(START, MINUTE).regrid(TEN_MINUTES).size()).isZero();
    }

    @Test
    void aSeriesOffTheClockKeepsItsOffsetOnACoarserGrid() {
        Instant start = Instant.parse("2015-02-26T21:42:53Z"); // 2:53 after the five minutes, 12:53 after the half hour
        RateSeries series = RateSeries.of(start, new Step(300), 1, 1, 1, 3, 3, 3, 3, 3, 3);
        RateSeries halfHours = series.regrid(new Step(1800));
        // from 21:32:53 on, of which the first two of six are absent, then 22:02:53
        assertThat(halfHours.start()).isEqualTo("2015-02-26T21:32:53Z");
        assertThat(halfHours.size()).isEqualTo(1);
        assertThat(halfHours.rateAt(0)).isNaN();
        RateSeries quarters = series.regrid(new Step(900));
        assertThat(quarters.start()).isEqualTo("2015-02-26T21:32:53Z");
        assertThat(quarters.rates()).containsExactly(GAP, 5.0 / 3, 3);
    }

    @Test
    void aStepThatIsNoMultipleIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateSeries.of(START, TEN_MINUTES, 1).regrid(new Step(900)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void regriddingKeepsTheNumberOfRequests(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] rates = random.doubles(24 * 60, 0, 100).toArray();
        RateSeries series = RateSeries.of(START, MINUTE, rates);
        double requests = 60 * sum(series);
        assertThat(600 * sum(series.regrid(TEN_MINUTES))).isCloseTo(requests, within(1e-6 * requests));
    }

    private static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    private static double sum(RateSeries series) {
        return Arrays.stream(series.rates()).sum();
    }
}
