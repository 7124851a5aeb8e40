package dev.prescale.forecast;

import static dev.prescale.forecast.Horizons.forecast;
import static dev.prescale.testing.Rates.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemberTest {
    private static final double GAP = Double.NaN;
    private static final int DAY = 24;
    private static final int WEEK = 168;

    private static LearningHistory history(RateSeries series) {
        return new LearningHistory(series, TrafficCalendar.UTC, 400);
    }

    @Test
    void lastValueHoldsTheNewestSample() {
        Member last = new LastValue(history(RateSeries.of(Rates.START, Rates.HOUR, 3, 7, GAP, GAP)));
        assertThat(forecast(last, 4, 3)).containsExactly(7, 7, 7);
        assertThat(forecast(last, 1, 2)).containsExactly(3, 3);
        assertThat(last.speaksAt(0)).isFalse();
    }

    @Test
    void dayNaiveRepeatsYesterdayAlsoOnTheDayAfterTomorrow() {
        Member day = SeasonalNaive.ofDay(history(hourly(2 * DAY, t -> t)));
        assertThat(forecast(day, 2 * DAY, 50)).startsWith(24, 25, 26).endsWith(47, 24, 25);
        assertThat(day.speaksAt(DAY)).isTrue();
        assertThat(day.speaksAt(DAY - 1)).isFalse();
    }

    @Test
    void dayNaiveTakesAGapFromTheDayBefore() {
        Member day = SeasonalNaive.ofDay(history(hourly(2 * DAY, t -> t == 25 ? GAP : t)));
        assertThat(forecast(day, 2 * DAY, 3)).containsExactly(24, 1, 26);
    }

    @Test
    void weekNaiveRepeatsLastWeekAndFillsAGapFromTheWeekBefore() {
        Member week = SeasonalNaive.ofWeek(history(hourly(2 * WEEK, t -> t == WEEK + 1 ? GAP : t)));
        assertThat(forecast(week, 2 * WEEK, 3)).containsExactly(168, 1, 170);
        assertThat(forecast(week, 2 * WEEK, WEEK + 2)).endsWith(168, 1);
    }

    @Test
    void weekNaiveFillsAGapFromYesterdayWhereNoWeekBeforeIsKnown() {
        Member week = SeasonalNaive.ofWeek(history(hourly(WEEK, t -> t == 1 ? GAP : t)));
        assertThat(forecast(week, WEEK, 3)).containsExactly(0, 145, 2); // 145 = 01:00 on Sunday
    }

    @Test
    void seasonsFollowTheWallClockAcrossASwitchToSummerTime() {
        // 08:00 local has 100 req/s; Berlin goes to summer time on Sunday 2024-03-31
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        RateSeries series = RateSeries.of(
                java.time.Instant.parse("2024-03-29T23:00:00Z"),
                Rates.HOUR,
                Rates.hourly(DAY, t -> t == 8 ? 100 : 1).rates());
        LearningHistory history = new LearningHistory(series, TrafficCalendar.in(berlin), 48);
        double[] sunday = forecast(SeasonalNaive.ofDay(history), DAY, 24);
        assertThat(sunday[7]).isEqualTo(100); // the eighth hour of a day without 02:00
        assertThat(sunday[8]).isEqualTo(1);
    }

    @Test
    void aHolidayFollowsSundayAndTheDayAfterFollowsTheDayBefore() {
        // one rate per weekday: Monday 1 ... Sunday 7; Tuesday 9 January is a holiday
        TrafficCalendar calendar =
                new TrafficCalendar(ZoneOffset.UTC, Set.of(LocalDate.parse("2024-01-09")), List.of());
        LearningHistory history = new LearningHistory(hourly(8 * DAY, t -> t / DAY % 7 + 1), calendar, 400);
        assertThat(forecast(SeasonalNaive.ofDay(history), 8 * DAY, 48))
                .startsWith(7)
                .endsWith(1);
        assertThat(forecast(SeasonalNaive.ofWeek(history), 8 * DAY, 48))
                .startsWith(7)
                .endsWith(3);
    }

    @Test
    void anOrdinaryDayDoesNotLearnFromAHoliday() {
        TrafficCalendar calendar =
                new TrafficCalendar(ZoneOffset.UTC, Set.of(LocalDate.parse("2024-01-09")), List.of());
        // the holiday itself is in the history with 100 req/s, Tuesday a week before had 2
        LearningHistory history =
                new LearningHistory(hourly(15 * DAY, t -> t / DAY == 8 ? 100 : t / DAY % 7 + 1), calendar, 400);
        assertThat(forecast(SeasonalNaive.ofWeek(history), 15 * DAY, DAY)).containsOnly(2);
        assertThat(forecast(new FourWeekMean(history), 15 * DAY, DAY)).containsOnly(2);
    }

    @Test
    void fourWeekMeanLeavesOutGapsAndTheFifthWeek() {
        // the hour of interest had 100, 10, 20, a gap and 60 in five weeks
        double[] byWeek = {100, 10, 20, GAP, 60};
        Member mean = new FourWeekMean(history(hourly(5 * WEEK, t -> byWeek[t / WEEK])));
        assertThat(forecast(mean, 5 * WEEK, 1)[0]).isEqualTo((100 + 10 + 20 + 60) / 4.0);
        Member full = new FourWeekMean(history(hourly(5 * WEEK, t -> byWeek[t / WEEK == 3 ? 2 : t / WEEK])));
        assertThat(forecast(full, 5 * WEEK, 1)[0]).isEqualTo((10 + 20 + 20 + 60) / 4.0);
    }

    @Test
    void levelShapeContinuesAnExactLevelTimesShape() {
        // shape 1, 2, ..., 24 of every day, and all days alike: the forecast is that day again
        Member shape = new LevelShape(history(hourly(10 * DAY, t -> t % DAY + 1)));
        double[] rates = forecast(shape, 10 * DAY, 2 * DAY);
        for (int h = 0; h < rates.length; h++) {
            assertThat(rates[h]).isCloseTo(h % DAY + 1, within(1e-9));
        }
    }

    @Test
    void levelShapeBelievesTodaysFirstHalfMoreThanTheDaysBefore() {
        // ten days at 10, then half a day at 20: u = .5 / (.5 + .1), so the level is 10 (2 u + 1 - u)
        Member shape = new LevelShape(history(hourly(10 * DAY + 12, t -> t < 10 * DAY ? 10 : 20)));
        double u = 0.5 / 0.6;
        assertThat(forecast(shape, 10 * DAY + 12, 1)[0]).isCloseTo(10 * (2 * u + 1 - u), within(1e-9));
    }

    @Test
    void levelShapeNeedsAWholeDay() {
        LearningHistory history = history(hourly(2 * DAY, t -> 1));
        assertThat(new LevelShape(history).speaksAt(DAY - 1)).isFalse();
        assertThat(new LevelShape(history).speaksAt(DAY)).isTrue();
    }

    @Test
    void decayingLevelReturnsToTheSeasonalBase() {
        // four days at 8, the last three hours at 9: a memory of one hour holds 1 - exp(-3) of the change, and it fades
        LearningHistory history = history(hourly(4 * DAY + 3, t -> t < 4 * DAY ? 8 : 9));
        SeasonalStates states = SeasonalStates.of(history);
        SeasonalRegression regression = new SeasonalRegression(history, states, HorizonGrid.upTo(20, history.step()));
        ForecastFeatures features = new ForecastFeatures(history, states, regression);
        double[] rates = forecast(new DecayingLevel(DecayingLevel.HOUR, features, 1, 6), 4 * DAY + 3, 20);
        assertThat(rates[0]).isCloseTo(8 + 0.95 * Math.exp(-1 / 6.0), within(0.02));
        assertThat(rates[5]).isCloseTo(8 + 0.95 * Math.exp(-1), within(0.02));
        assertThat(rates[19]).isCloseTo(8, within(0.05));
    }

    @Test
    void pastEventsAreDividedOut() {
        TrafficCalendar.Event launch = new TrafficCalendar.Event(
                "launch", Rates.START.plusSeconds(3600), Rates.START.plusSeconds(2 * 3600), 4);
        TrafficCalendar calendar = new TrafficCalendar(ZoneOffset.UTC, Set.of(), List.of(launch));
        LearningHistory history = new LearningHistory(hourly(DAY, t -> t == 1 ? 20 : 5), calendar, 48);
        assertThat(forecast(SeasonalNaive.ofDay(history), DAY, DAY)).containsOnly(5);
    }
}
