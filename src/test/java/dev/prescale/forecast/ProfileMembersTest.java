package dev.prescale.forecast;

import static dev.prescale.forecast.Horizons.forecast;
import static dev.prescale.testing.Rates.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** {@link LevelProfile}, {@link AnalogueDays} and {@link LevelShape} while it grows. */
class ProfileMembersTest {
    private static final int DAY = 24;
    private static final int WEEK = 168;

    private static LearningHistory history(RateSeries series) {
        return new LearningHistory(series, TrafficCalendar.UTC, 100);
    }

    private static double wave(int t) {
        return 10 + 5 * Math.sin(2 * Math.PI * t / DAY);
    }

    @Test
    void levelProfileWeighsSeasonsBySevenTenths() {
        // days at 8, 10 and 12: p = (12 + .7 10 + .49 8) / 2.19; the day before it was 12 against (10 + .7 8) / 1.7
        Member profile = new LevelProfile(history(hourly(3 * DAY, t -> 8 + 2 * (t / DAY))));
        double p = (12 + 0.7 * 10 + 0.49 * 8) / 2.19;
        double excess = 12 / ((10 + 0.7 * 8) / 1.7) - 1;
        double[] rates = forecast(profile, 3 * DAY, 2 * DAY);
        assertThat(rates[0]).isCloseTo(p * (1 + excess * Math.pow(0.8, 1.0 / 24)), within(1e-9));
        assertThat(rates[DAY - 1]).isCloseTo(p * (1 + excess * 0.8), within(1e-9));
        assertThat(rates[2 * DAY - 1]).isCloseTo(p * (1 + excess * 0.64), within(1e-9));
    }

    @Test
    void levelProfileTakesWeeksOnceTwoAreKnown() {
        Member profile = new LevelProfile(history(hourly(4 * WEEK, t -> t / DAY % 7 == 6 ? 3 : wave(t))));
        double[] rates = forecast(profile, 4 * WEEK - 2 * DAY, 2 * DAY);
        for (int h = 0; h < 2 * DAY; h++) {
            assertThat(rates[h]).isCloseTo(h < DAY ? wave(h) : 3, within(1e-9));
        }
    }

    @Test
    void levelProfileBelievesAtMostFiveTimesTheProfile() {
        Member profile = new LevelProfile(history(hourly(2 * DAY, t -> t < DAY ? 1 : 100)));
        double p = (100 + 0.7) / 1.7;
        assertThat(forecast(profile, 2 * DAY, 1)[0]).isCloseTo(p * (1 + 4 * Math.pow(0.8, 1.0 / 24)), within(1e-9));
    }

    @Test
    void levelProfileLeavesGapsOut() {
        Member profile = new LevelProfile(history(hourly(3 * DAY, t -> t == 2 * DAY + 5 ? Double.NaN : 7)));
        assertThat(forecast(profile, 3 * DAY, DAY)[5]).isCloseTo(7, within(1e-9));
        assertThat(profile.speaksAt(DAY - 1)).isFalse();
        assertThat(profile.speaksAt(DAY)).isTrue();
    }

    @Test
    void analogueDaysRepeatWhatFollowedOnTheDayThatWasTheSame() {
        // a cycle of three unlike days: tomorrow follows from which of them today is
        double[] levels = {10, 20, 40};
        RateSeries series = hourly(20 * DAY, t -> levels[t / DAY % 3] * (1 + 0.5 * Math.sin(t % DAY + t / DAY % 3)));
        LearningHistory history = history(series);
        Member analogues = new AnalogueDays(history, SeasonalStates.of(history));
        for (int origin : new int[] {17 * DAY, 18 * DAY, 19 * DAY}) {
            double[] rates = forecast(analogues, origin, DAY);
            for (int h = 0; h < DAY; h++) {
                int t = origin + h;
                double expected = levels[t / DAY % 3] * (1 + 0.5 * Math.sin(t % DAY + t / DAY % 3));
                assertThat(rates[h]).as("from %s, step %s", origin, h).isCloseTo(expected, within(0.2 * expected));
            }
        }
    }

    @Test
    void analogueDaysContinueADailyWaveExactly() {
        LearningHistory history = history(hourly(8 * DAY, ProfileMembersTest::wave));
        Member analogues = new AnalogueDays(history, SeasonalStates.of(history));
        double[] rates = forecast(analogues, 8 * DAY, 3 * DAY);
        for (int h = 0; h < 3 * DAY; h++) {
            assertThat(rates[h]).isCloseTo(wave(h), within(1e-9));
        }
        assertThat(analogues.speaksAt(4 * DAY - 1)).isFalse();
        assertThat(analogues.speaksAt(4 * DAY)).isTrue();
    }

    @Test
    void analogueDaysMoveHalfTheWayToTodaysLevel() {
        // nine days at 10 and one at 10.5
        double offset = 0.4 * (9 * 10 + 10.5) / 10;
        LearningHistory history = history(hourly(10 * DAY, t -> t < 9 * DAY ? 10 : 10.5));
        assertThat(history.offset()).isCloseTo(offset, within(1e-12));
        double rate = forecast(new AnalogueDays(history, SeasonalStates.of(history)), 10 * DAY, 1)[0];
        // eight days alike went on at 10, one at 10.5, all moved by half of the change of z
        double old = Math.log(10 + offset);
        double change = Math.log(10.5 + offset) - old;
        assertThat(rate).isCloseTo(Math.exp(old + change / 9 + change / 2) - offset, within(1e-9));
    }

    @Test
    void levelShapeIsTheSameGrownAlongAsReadInOneGo() {
        SplittableRandom random = new SplittableRandom(3);
        RateSeries series =
                hourly(30 * DAY, t -> random.nextInt(9) == 0 ? Double.NaN : wave(t) * (0.5 + random.nextDouble()));
        LearningHistory growing = LearningHistory.growing(series, TrafficCalendar.UTC, 100, 100);
        LevelShape along = new LevelShape(growing);
        for (int t = 0; t < series.size(); t++) {
            growing.append(series.rateAt(t));
            if (t > 2 * DAY && t % 5 == 0) {
                LearningHistory whole = history(series.slice(0, t + 1));
                LevelShape anew = new LevelShape(whole);
                assertThat(along.speaksAt(t + 1)).isEqualTo(anew.speaksAt(t + 1));
                assertThat(forecast(along, t + 1, 50)).containsExactly(forecast(anew, t + 1, 50));
            }
        }
    }
}
