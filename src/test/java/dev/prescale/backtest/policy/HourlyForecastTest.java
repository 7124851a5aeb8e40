package dev.prescale.backtest.policy;

import static dev.prescale.backtest.policy.PolicyStory.DAY;
import static dev.prescale.backtest.policy.PolicyStory.FROM;
import static dev.prescale.backtest.policy.PolicyStory.aStory;
import static dev.prescale.backtest.policy.PolicyStory.named;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Names after AWS, "How Application Auto Scaling predictive scaling works", and PredictiveScalingConfiguration. */
class HourlyForecastTest {
    private static HourlyForecast forecast(int historyMinutes, IntToDoubleFunction rate) {
        return new HourlyForecast(aStory().load(historyMinutes, rate).seen(2 * DAY), ZoneOffset.UTC);
    }

    private static Instant at(int hour, int minute, int second) {
        return FROM.plusSeconds(3_600L * hour + 60L * minute + second);
    }

    private static int hourOf(int minute) {
        return Math.floorMod(minute, DAY) / 60;
    }

    @Test
    void schedulingBufferTimeIs300Seconds() {
        HourlyForecast rising = forecast(2 * DAY, minute -> 10 + hourOf(minute));
        assertThat(rising.rateAt(at(8, 54, 45))).isEqualTo(18);
        assertThat(rising.rateAt(at(8, 55, 0))).isEqualTo(19);
        assertThat(rising.rateAt(at(9, 0, 0))).isEqualTo(19);
    }

    @Test
    void anHourIsKeptToItsEndWhereLessIsExpectedNext() {
        HourlyForecast falling = forecast(2 * DAY, minute -> 50 - hourOf(minute));
        assertThat(falling.rateAt(at(8, 59, 45))).isEqualTo(42);
        assertThat(falling.rateAt(at(9, 0, 0))).isEqualTo(41);
    }

    @Test
    void theForecastIsUpdatedEvery6Hours() {
        // today is another world than the days before, from midnight on
        HourlyForecast hourly = forecast(2 * DAY, minute -> minute < -60 ? 10 : 70);
        assertThat(hourly.rateAt(at(0, 0, 0)))
                .as("23:00 is known, its kind only once")
                .isEqualTo(10);
        assertThat(hourly.rateAt(at(22, 55, 0))).as("issued at 18:00").isEqualTo((10 + 70) / 2.0);
        HourlyForecast beforeRefresh = forecast(2 * DAY, minute -> minute < -DAY + 60 ? 10 : 70);
        assertThat(beforeRefresh.rateAt(at(0, 0, 0))).isEqualTo((10 + 10) / 2.0);
    }

    @Test
    void thereMustBe24HoursOfData() {
        assertThat(forecast(23 * 60, minute -> 5).rateAt(at(0, 0, 0))).isNaN();
        assertThat(forecast(24 * 60, minute -> 5).rateAt(at(0, 0, 0))).isEqualTo(5);
        assertThat(forecast(23 * 60, minute -> 5).rateAt(at(6, 0, 0))).isEqualTo(5);
    }

    @Test
    void atMost14DaysAreAnalyzed() {
        IntToDoubleFunction changed = minute -> minute < -14 * DAY ? 100 : minute < -7 * DAY ? 20 : 10;
        assertThat(forecast(21 * DAY, changed).rateAt(at(1, 0, 0))).isEqualTo(15);
    }

    @Test
    void weeklyPatternsAreFound() {
        // the story begins on a Monday; Mondays have ten times the load
        IntToDoubleFunction mondays = minute -> Math.floorMod(minute, 7 * DAY) < DAY ? 100 : 10;
        assertThat(forecast(14 * DAY, mondays).rateAt(at(1, 0, 0))).isEqualTo(100);
        assertThat(forecast(14 * DAY, mondays).rateAt(at(25, 0, 0))).isEqualTo(10);
    }

    @Test
    void aGapIsNoHourWithoutLoad() {
        IntToDoubleFunction holed = minute -> minute >= -DAY && minute < -DAY + 120 ? Double.NaN : 30;
        assertThat(forecast(3 * DAY, holed).rateAt(at(0, 0, 0))).isEqualTo(30);
    }

    @Test
    void aFallingForecastTakesNothingAwayThatTargetTrackingNeeds() {
        SortedMap<Integer, Integer> asked = aStory().replicas(12)
                .load(2 * DAY, minute -> minute >= 0 ? 60 : hourOf(minute) == 0 ? 60 : 5)
                .run(named("hourly"), 90);
        assertThat(asked.values()).containsOnly(12);
    }

    @Test
    void whatTheForecastExpectsIsTheLeastThereIs() {
        SortedMap<Integer, Integer> asked = aStory().replicas(12)
                .load(2 * DAY, minute -> minute >= 0 ? 5 : 60)
                .run(named("hourly"), 90);
        assertThat(asked.values()).containsOnly(12);
    }
}
