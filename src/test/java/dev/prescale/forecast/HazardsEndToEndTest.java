package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.series.TrafficCalendar.Event;
import dev.prescale.series.TrafficCalendar.Pattern;
import dev.prescale.testing.Rates;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Hazards through the whole forecast, on four weeks of days with quiet weekends at 10 minutes. */
class HazardsEndToEndTest {
    private static final int DAY = 144;
    private static final int FOUR_WEEKS = 28 * DAY;
    private static final int MEDIAN = 1;
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.05, 0.5, 0.95);

    private static double ordinary(int t) {
        double shape = 100 * (1 + 0.5 * Math.sin(2 * Math.PI * t / DAY)) * (t / DAY % 7 >= 5 ? 0.6 : 1);
        return shape * (0.97 + 0.06 * new SplittableRandom(t).nextDouble());
    }

    private static Forecast forecast(int size, IntToDoubleFunction rate, TrafficCalendar calendar) {
        RateSeries series = Rates.of(Rates.TEN_MINUTES, size, rate);
        return new CombinedForecaster().forecast(new ForecastRequest(series, calendar, 2 * DAY, LEVELS));
    }

    private static Forecast forecast(int size, IntToDoubleFunction rate) {
        return forecast(size, rate, TrafficCalendar.UTC);
    }

    /** Mean over the steps of the first median over the second. */
    private static double ratio(Forecast forecast, Forecast other, int from, int to) {
        double sum = 0;
        for (int h = from; h < to; h++) {
            sum += forecast.rate(h, MEDIAN) / other.rate(h, MEDIAN);
        }
        return sum / (to - from);
    }

    private static double farthest(Forecast forecast, Forecast other, int from, int to) {
        double farthest = 0;
        for (int h = from; h < to; h++) {
            farthest = Math.max(farthest, Math.abs(forecast.rate(h, MEDIAN) / other.rate(h, MEDIAN) - 1));
        }
        return farthest;
    }

    @Test
    void threeHoursOfOutageAreNotLearnt() {
        int since = FOUR_WEEKS - 36;
        Forecast spared = forecast(FOUR_WEEKS, HazardsEndToEndTest::ordinary);
        Forecast hit = forecast(FOUR_WEEKS, t -> t >= since - 18 && t < since ? 0 : ordinary(t));
        assertThat(farthest(hit, spared, 0, 2 * DAY)).isLessThan(0.05);
    }

    @Test
    void aSpikeOfHalfAnHourDecaysWithinHours() {
        Forecast calm = forecast(FOUR_WEEKS, HazardsEndToEndTest::ordinary);
        Forecast live = forecast(FOUR_WEEKS, t -> t >= FOUR_WEEKS - 3 ? 3 * ordinary(t) : ordinary(t));
        assertThat(ratio(live, calm, 0, 1)).isGreaterThan(1.1);
        assertThat(ratio(live, calm, 36, 2 * DAY)).isBetween(0.95, 1.1);
    }

    @Test
    void aLevelTwiceAsHighIsFollowedWithinADayAndUncertaintyGrows() {
        // until Wednesday; Thursday and Friday are forecast
        int end = 24 * DAY;
        Forecast before = forecast(end, HazardsEndToEndTest::ordinary);
        Forecast after = forecast(end, t -> t >= end - DAY ? 2 * ordinary(t) : ordinary(t));
        assertThat(ratio(after, before, 0, 6)).isBetween(1.6, 2.2);
        assertThat(ratio(after, before, 0, 36)).isBetween(1.4, 2.2);
        assertThat(relativeWidth(after)).isGreaterThan(1.5 * relativeWidth(before));
    }

    @Test
    void aLevelTwiceAsHighIsTheNewLevelAfterFourDays() {
        int end = 24 * DAY;
        Forecast before = forecast(end, HazardsEndToEndTest::ordinary);
        Forecast after = forecast(end, t -> t >= end - 4 * DAY ? 2 * ordinary(t) : ordinary(t));
        assertThat(ratio(after, before, 0, 36)).isBetween(1.8, 2.1);
        assertThat(ratio(after, before, 36, 2 * DAY)).isBetween(1.7, 2.1);
    }

    private static double relativeWidth(Forecast forecast) {
        double sum = 0;
        for (int h = 0; h < forecast.steps(); h++) {
            sum += (forecast.rate(h, 2) - forecast.rate(h, 0)) / forecast.rate(h, MEDIAN);
        }
        return sum / forecast.steps();
    }

    @Test
    void aJobOfOneStepEveryDayIsExpectedAgain() {
        Forecast without = forecast(FOUR_WEEKS, HazardsEndToEndTest::ordinary);
        Forecast with = forecast(FOUR_WEEKS, t -> t % DAY == 60 ? 4 * ordinary(t) : ordinary(t));
        assertThat(ratio(with, without, 60, 61)).isGreaterThan(2.5);
        assertThat(ratio(with, without, DAY + 60, DAY + 61)).isGreaterThan(2.5);
        assertThat(ratio(with, without, 64, 65)).isBetween(0.9, 1.1);
    }

    @Test
    void anEventOfAFactorMultipliesItsHoursAndNoOthers() {
        Instant from = Rates.START.plusSeconds(600L * (FOUR_WEEKS + 30));
        Event launch = new Event("launch", from, from.plusSeconds(2 * 3600), 3);
        TrafficCalendar calendar = new TrafficCalendar(ZoneOffset.UTC, Set.of(), List.of(launch));
        Forecast without = forecast(FOUR_WEEKS, HazardsEndToEndTest::ordinary);
        Forecast with = forecast(FOUR_WEEKS, HazardsEndToEndTest::ordinary, calendar);
        for (int h = 0; h < 2 * DAY; h++) {
            double factor = h >= 30 && h < 42 ? 3 : 1;
            for (int i = 0; i < 3; i++) {
                assertThat(with.rate(h, i)).isEqualTo(factor * without.rate(h, i));
            }
        }
    }

    @Test
    void anEventLikeAPastDayHasWhatThatDayHadMore() {
        // on Wednesday 2024-01-17 the afternoon had twice its rate; Tuesday 2024-01-30 is to be like it
        Instant from = Instant.parse("2024-01-30T00:00:00Z");
        Event sale = new Event("sale", from, from.plusSeconds(86_400), new Pattern(LocalDate.parse("2024-01-17")));
        TrafficCalendar calendar = new TrafficCalendar(ZoneOffset.UTC, Set.of(), List.of(sale));
        IntToDoubleFunction rate = t -> t / DAY == 16 && t % DAY >= 72 && t % DAY < 120 ? 2 * ordinary(t) : ordinary(t);
        Forecast without = forecast(FOUR_WEEKS, rate);
        Forecast with = forecast(FOUR_WEEKS, rate, calendar);
        assertThat(ratio(with, without, 0, DAY - 12)).isBetween(0.97, 1.03);
        assertThat(ratio(with, without, DAY + 78, DAY + 114)).isBetween(1.6, 2.2);
        assertThat(ratio(with, without, DAY + 6, DAY + 60)).isBetween(0.9, 1.1);
    }

    @Test
    void aHolidayLiesBetweenItsWeekdayAndSunday() {
        // Tuesday 2024-01-30 is a holiday, the second day of the forecast; Sunday has .6 of a weekday
        TrafficCalendar calendar =
                new TrafficCalendar(ZoneOffset.UTC, Set.of(LocalDate.parse("2024-01-30")), List.of());
        Forecast without = forecast(FOUR_WEEKS, HazardsEndToEndTest::ordinary);
        Forecast with = forecast(FOUR_WEEKS, HazardsEndToEndTest::ordinary, calendar);
        assertThat(ratio(with, without, 0, DAY - 12)).isBetween(0.97, 1.03);
        assertThat(ratio(with, without, DAY, 2 * DAY)).isBetween(0.6, 0.8);
    }
}
