package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrentRiseTest {
    private static final int DAY = 1440;
    private static final int NINE = 9 * 60;
    private static final int DAYS = 8;
    private static final PeakSpan FIVE_MINUTES = new PeakSpan(0, 5);

    /** What is said five minutes before nine on a Tuesday, without an offset. */
    private static double said(IntToDoubleFunction rate) {
        RateSeries all = Rates.of(Rates.MINUTE, DAYS * DAY + NINE - 4, rate);
        LearningHistory history = new LearningHistory(all, TrafficCalendar.UTC, DAY);
        return new RecurrentRise(RecentRates.of(history), SeasonLinks.of(history), Rates.MINUTE, FIVE_MINUTES, 0)
                .rate(all.size());
    }

    /** 10 req/s, from nine on so many times as much. */
    private static double step(int t, double growth) {
        return t % DAY < NINE ? 10 : 10 * growth;
    }

    @Test
    void itIsTheGrowthOfTheLastDaysAtThePresentLevel() {
        assertThat(said(t -> step(t, 4) * (t < DAYS * DAY ? 1 : 1.5))).isCloseTo(60, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"3, 40", "4, 10"})
    void halfOfTheLastSevenDaysMustHaveHadIt(int without, double expected) {
        int firstWithout = DAYS - without;
        assertThat(said(t -> step(t, t / DAY < firstWithout ? 4 : 1))).isCloseTo(expected, within(1e-9));
    }

    @Test
    void whatWasNotThereAWeekAgoIsOfOtherDays() {
        assertThat(said(t -> step(t, t / DAY == DAYS - 7 ? 1 : 4))).isCloseTo(10, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"4, 40", "3, 0"})
    void fewerThanFourKnownDaysSayNothing(int known, double expected) {
        assertThat(said(t -> t / DAY < DAYS - known ? Double.NaN : step(t, 4))).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"1, 90", "1.5, 90", "3, 120"})
    void itIsAtMostFourTimesThePresentOrWhatCameBefore(double now, double expected) {
        assertThat(said(t -> step(t, 9) * (t < DAYS * DAY ? 1 : now))).isCloseTo(expected, within(1e-9));
    }

    @Test
    void aLevelThatIsNotKnownSaysNothing() {
        assertThat(said(t -> t < DAYS * DAY ? step(t, 4) : Double.NaN)).isZero();
    }
}
