package dev.prescale.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.LocalSlots;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.testing.Rates;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Hours of ten days, each with its own number as rate: what a baseline says tells where it looked. */
class BaselineTest {
    private static final int HOURS = 240;

    private static double rate(Baseline baseline, RateSeries series, int origin, int target) {
        return baseline.rate(series, LocalSlots.of(series, 48, ZoneOffset.UTC), origin, target);
    }

    private static RateSeries numbered(int... gaps) {
        double[] rates = new double[HOURS];
        Arrays.setAll(rates, hour -> hour);
        for (int gap : gaps) {
            rates[gap] = Double.NaN;
        }
        return RateSeries.of(Rates.START, Rates.HOUR, rates);
    }

    @Test
    void theDayNaiveLooksAtTheLastDayKnown() {
        assertThat(rate(Baseline.DAY_NAIVE, numbered(), 240, 240)).isEqualTo(216);
        assertThat(rate(Baseline.DAY_NAIVE, numbered(), 240, 263)).isEqualTo(239);
        assertThat(rate(Baseline.DAY_NAIVE, numbered(), 240, 264)).isEqualTo(216); // 240 is not known yet
    }

    @Test
    void theWeekNaiveLooksAtTheLastWeekKnown() {
        assertThat(rate(Baseline.WEEK_NAIVE, numbered(), 240, 250)).isEqualTo(82);
    }

    @Test
    void persistenceHoldsTheLastValueForAnHourAtMost() {
        assertThat(rate(Baseline.PERSISTENCE, numbered(), 240, 280)).isEqualTo(239);
        assertThat(rate(Baseline.PERSISTENCE, numbered(239), 240, 280)).isNaN();

        RateSeries minutes = RateSeries.of(
                Rates.START, Rates.TEN_MINUTES, 7, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 8);
        assertThat(rate(Baseline.PERSISTENCE, minutes, 6, 6)).isEqualTo(7);
        assertThat(rate(Baseline.PERSISTENCE, minutes, 7, 8)).isEqualTo(8);
    }

    @Test
    void aGapTakesTheSeasonBefore() {
        assertThat(rate(Baseline.DAY_NAIVE, numbered(216), 240, 240)).isEqualTo(192);
        assertThat(rate(Baseline.WEEK_NAIVE, numbered(82), 240, 250)).isNaN(); // 82 - 168 is before the begin
    }

    @Test
    void nothingBeforeTheFirstSeason() {
        assertThat(rate(Baseline.DAY_NAIVE, numbered(), 5, 5)).isNaN();
        assertThat(rate(Baseline.PERSISTENCE, numbered(), 0, 0)).isNaN();
    }

    @Test
    void aSeasonIsOfLocalTime() {
        // Berlin sets its clocks forward on 2024-03-31 at 01:00 UTC: noon is at 11:00 UTC before and 10:00 after
        double[] rates = new double[48];
        Arrays.setAll(rates, hour -> hour);
        RateSeries series = RateSeries.of(Instant.parse("2024-03-30T00:00:00Z"), new Step(3600), rates);
        LocalSlots slots = LocalSlots.of(series, 0, ZoneId.of("Europe/Berlin"));

        assertThat(Baseline.DAY_NAIVE.rate(series, slots, 34, 34)).isEqualTo(11);
    }
}
