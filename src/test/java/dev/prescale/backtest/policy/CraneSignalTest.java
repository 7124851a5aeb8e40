package dev.prescale.backtest.policy;

import static dev.prescale.backtest.policy.PolicyStory.aStory;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Source: gocrane/crane {@code pkg/prediction/dsp} and its page on DSP. */
class CraneSignalTest {
    /** Ten-minute steps. */
    private static final int PER_DAY = 144;

    private static double[] days(int count, IntToDoubleFunction value) {
        return IntStream.range(0, count * PER_DAY).mapToDouble(value).toArray();
    }

    private static double[] prepared(int minutes, IntToDoubleFunction rate) {
        SeenLoad load = aStory().load(minutes, rate).seen(1);
        return CraneSignal.prepared(load, 0, load.newestAt(PolicyStory.FROM), 1);
    }

    @Test
    void missingSamplesAreFilledByAStraightLine() {
        double[] samples = prepared(10, minute -> minute > -6 && minute < -2 ? Double.NaN : -minute);
        assertThat(samples).containsExactly(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void everythingBeforeAGapOfMoreThanAnHourIsDropped() {
        assertThat(prepared(200, minute -> minute < -109 || minute >= -50 ? 5 : Double.NaN))
                .hasSize(200);
        assertThat(prepared(200, minute -> minute < -110 || minute >= -50 ? 5 : Double.NaN))
                .hasSize(50);
    }

    @Test
    void outliersTakeTheValueBefore() {
        double[] samples = prepared(2_000, minute -> minute == -700 ? 900 : minute == -300 ? 0 : 10 + (minute & 1));
        assertThat(samples[1_300]).isEqualTo(11);
        assertThat(samples[1_700]).isEqualTo(11);
    }

    @Test
    void aDayIsFound() {
        assertThat(CraneSignal.periodOf(days(4, k -> 5 + Math.sin(2 * Math.PI * k / PER_DAY)), PER_DAY))
                .isEqualTo(PER_DAY);
    }

    @Test
    void aWeekIsFoundWhereWeekendsDiffer() {
        double[] weeks = days(14, k -> k / PER_DAY % 7 < 5 ? 10 + 5 * Math.sin(2 * Math.PI * k / PER_DAY) : 3);
        assertThat(CraneSignal.periodOf(weeks, PER_DAY)).isEqualTo(7 * PER_DAY);
    }

    @Test
    void noiseHasNoPeriod() {
        double[] noise = new SplittableRandom(3).doubles(14L * PER_DAY, 0, 1).toArray();
        assertThat(CraneSignal.periodOf(noise, PER_DAY)).isZero();
    }

    @Test
    void aConstantHasNoPeriod() {
        assertThat(CraneSignal.periodOf(days(14, k -> 7), PER_DAY)).isZero();
    }

    @Test
    void twoCyclesAreNeeded() {
        double[] oneDay = days(1, k -> 5 + Math.sin(2 * Math.PI * k / PER_DAY));
        assertThat(CraneSignal.periodOf(oneDay, PER_DAY)).isZero();
    }
}
