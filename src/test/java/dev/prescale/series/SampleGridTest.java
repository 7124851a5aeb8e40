package dev.prescale.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Seconds count from the start; the step is a minute, so 60 requests in a step are 1 req/s. */
class SampleGridTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Step MINUTE = new Step(60);
    private static final double GAP = Double.NaN;

    @Test
    void countsOfAStepAreSummed() {
        assertThat(grid(3).place(SampleKind.COUNT, samples(0, 20, 15, 20, 59.9, 20, 60, 120)))
                .isEqualTo(rates(1, 2, GAP));
    }

    @Test
    void ratesOfAStepAreAveraged() {
        assertThat(grid(3).place(SampleKind.RATE, samples(0, 2, 30, 4, 60, 7))).isEqualTo(rates(3, 7, GAP));
    }

    @Test
    void aCounterIsDifferencedAndItsFirstSampleTellsNothing() {
        assertThat(grid(3).place(SampleKind.COUNTER, samples(30, 500, 90, 560, 150, 680)))
                .isEqualTo(rates(GAP, 1, 2));
    }

    @Test
    void aCounterIsDifferencedWithinAStepToo() {
        assertThat(grid(2).place(SampleKind.COUNTER, samples(-10, 0, 20, 30, 50, 60, 80, 90, 110, 120)))
                .isEqualTo(rates(1, 1));
    }

    @Test
    void aCounterThatFellWasResetAndShowsWhatCameSince() {
        // 100 -> 160 -> (restart) 30 -> 90, then two restarts within a minute: 20, 10
        assertThat(grid(4).place(SampleKind.COUNTER, samples(-30, 100, 30, 160, 90, 30, 150, 90, 190, 20, 220, 10)))
                .isEqualTo(rates(1, 0.5, 1, 0.5));
    }

    @Test
    void anIncreaseOverAShortSilenceIsSpreadOverItsSteps() {
        // five steps from the one after the first sample to that of the second: 300 of them, 60 each
        assertThat(grid(6).place(SampleKind.COUNTER, samples(30, 0, 330, 300))).isEqualTo(rates(GAP, 1, 1, 1, 1, 1));
    }

    @Test
    void anIncreaseOverALongSilenceIsNotGuessedAt() {
        assertThat(grid(8).place(SampleKind.COUNTER, samples(30, 0, 390, 99_999, 450, 100_059)))
                .isEqualTo(rates(GAP, GAP, GAP, GAP, GAP, GAP, GAP, 1));
    }

    @Test
    void aCounterThatIsReadLessOftenThanEveryStepHasNoGaps() {
        assertThat(grid(6).place(SampleKind.COUNTER, samples(-61, 0, 61, 240, 181, 480, 301, 720)))
                .isEqualTo(rates(4.0 / 3, 4.0 / 3, 2, 2, 2, 2));
    }

    @Test
    void aResetDuringASilenceIsSpreadAsWell() {
        assertThat(grid(3).place(SampleKind.COUNTER, samples(-30, 7_000, 150, 180)))
                .isEqualTo(rates(1, 1, 1));
    }

    @Test
    void aStandingCounterIsZeroTraffic() {
        assertThat(grid(2).place(SampleKind.COUNTER, samples(-30, 700, 30, 700, 90, 700)))
                .isEqualTo(rates(0, 0));
    }

    @Test
    void samplesBeforeWhatACounterNeedsAreIgnored() {
        assertThat(grid(1).counterFrom()).isEqualTo(START.minusSeconds(300));
        assertThat(grid(1).place(SampleKind.COUNTER, samples(-301, 0, 30, 60))).isEqualTo(rates(GAP));
        assertThat(grid(1).place(SampleKind.COUNTER, samples(-300, 0, 30, 300))).isEqualTo(rates(1));
    }

    @ParameterizedTest
    @EnumSource(SampleKind.class)
    void theGridIsHalfOpen(SampleKind kind) {
        List<Sample> outside = samples(-0.001, 1e9, 120, 1e9);
        List<Sample> inside = samples(0, 5, 119.999, 5);
        List<Sample> all = new ArrayList<>(outside);
        all.addAll(inside);
        if (kind == SampleKind.COUNTER) {
            all = new ArrayList<>(inside);
            all.addAll(samples(120, 1e9));
        }
        assertThat(grid(2).place(kind, all)).isEqualTo(grid(2).place(kind, inside));
    }

    @ParameterizedTest
    @EnumSource(SampleKind.class)
    void theSampleDeliveredLastWinsAtItsInstant(SampleKind kind) {
        List<Sample> twice = samples(-30, 0, 30, 9_999, 30, 60);
        assertThat(grid(1).place(kind, twice)).isEqualTo(grid(1).place(kind, samples(-30, 0, 30, 60)));
    }

    @ParameterizedTest
    @EnumSource(SampleKind.class)
    void samplesMayComeInAnyOrder(SampleKind kind) {
        List<Sample> inOrder = samples(-30, 10, 10, 20, 30, 35, 70, 4, 130, 70, 170, 90);
        List<Sample> shuffled = new ArrayList<>(inOrder);
        Collections.shuffle(shuffled, new Random(1));
        assertThat(shuffled).isNotEqualTo(inOrder);
        assertThat(grid(3).place(kind, shuffled)).isEqualTo(grid(3).place(kind, inOrder));
    }

    @ParameterizedTest
    @EnumSource(SampleKind.class)
    void noSampleIsAGapEverywhere(SampleKind kind) {
        assertThat(grid(2).place(kind, List.of())).isEqualTo(rates(GAP, GAP));
        assertThat(grid(0).place(kind, samples(0, 1))).isEqualTo(rates());
    }

    @ParameterizedTest
    @EnumSource(SampleKind.class)
    void aStepWithASampleOfZeroIsNoGap(SampleKind kind) {
        assertThat(grid(1).place(kind, samples(-30, 0, 30, 0))).isEqualTo(rates(0));
    }

    @Test
    void theTotalIsTheSumOfThePartsThatAreThere() {
        SampleGrid grid = grid(4);
        assertThat(grid.total(List.of(rates(1, GAP, 3, GAP), rates(10, 20, GAP, GAP))))
                .isEqualTo(rates(11, 20, 3, GAP));
        assertThat(grid.total(List.of())).isEqualTo(rates(GAP, GAP, GAP, GAP));
    }

    @Test
    void aPartOfAnotherGridIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grid(2).total(List.of(rates(1))))
                .withMessageContaining("is not on the grid");
    }

    @Test
    void aGridOfHalfAStepOrBackwardsOrWithoutEndIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SampleGrid(START, START.plusSeconds(90), MINUTE));
        assertThatIllegalArgumentException().isThrownBy(() -> new SampleGrid(START, START.plusNanos(1), MINUTE));
        assertThatIllegalArgumentException().isThrownBy(() -> new SampleGrid(START, START.minusSeconds(60), MINUTE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SampleGrid(START, START.plusSeconds(60L * 530_001), MINUTE))
                .withMessageContaining("is more than 530000 steps");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCounterTellsTheSameAsTheCountsItIsMadeOf(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Sample> counts = new ArrayList<>();
        List<Sample> counter = new ArrayList<>(samples(-1, 0));
        double total = 0;
        for (int second = 0; second < 600; second += random.nextInt(1, 60)) {
            double count = random.nextInt(100);
            boolean isReset = random.nextInt(10) == 0;
            total = isReset && count < total ? count : total + count;
            counts.add(sample(second, count));
            counter.add(sample(second, total));
        }
        double[] expected = grid(10).place(SampleKind.COUNT, counts).rates();
        double[] actual = grid(10).place(SampleKind.COUNTER, counter).rates();
        assertThat(actual).containsExactly(expected, within(1e-9)); // sums of whole numbers, divided once
    }

    private static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    private static SampleGrid grid(int steps) {
        return new SampleGrid(START, START.plusSeconds(60L * steps), MINUTE);
    }

    private static RateSeries rates(double... rates) {
        return RateSeries.of(START, MINUTE, rates);
    }

    /** Pairs of seconds since the start and value. */
    private static List<Sample> samples(double... secondsAndValues) {
        List<Sample> samples = new ArrayList<>();
        for (int k = 0; k < secondsAndValues.length; k += 2) {
            samples.add(sample(secondsAndValues[k], secondsAndValues[k + 1]));
        }
        return samples;
    }

    private static Sample sample(double seconds, double value) {
        return new Sample(START.plusMillis(Math.round(1000 * seconds)), value);
    }
}
