package dev.prescale.forecast;

import static dev.prescale.testing.Rates.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoltWintersTest {
    private static final double GAP = Double.NaN;
    private static final int DAY = 24;

    private static HoltWinters of(RateSeries series) {
        return new HoltWinters(new LearningHistory(series, TrafficCalendar.UTC, 400));
    }

    private static double[] forecast(Member member, int origin, int steps) {
        double[] rates = new double[steps];
        member.forecast(origin, IntStream.rangeClosed(1, rates.length).toArray(), rates);
        return rates;
    }

    @Test
    void twoStepsByHand() {
        // first day 8, 12 and then 10 only: level 10, components -2, 2, 0 ...; then 13 where 10 - 2 was expected: e = 5
        double[] firstHours = {8, 12};
        HoltWinters holt = of(hourly(DAY + 1, t -> t < 2 ? firstHours[t] : t < DAY ? 10 : 13));
        double level = 10 + 0.1 * 5;
        double trend = 0.01 * 0.5;
        double damped = 0;
        for (int h = 1; h <= DAY; h++) {
            damped += Math.pow(0.98, h);
        }
        double[] rates = forecast(holt, DAY + 1, DAY);
        // rounding of a few dozen operations on numbers near 10
        assertThat(rates[0]).isCloseTo(level + 0.98 * trend + 2, within(1e-12));
        assertThat(rates[1]).isCloseTo(level + (0.98 + 0.98 * 0.98) * trend, within(1e-12));
        assertThat(rates[23]).isCloseTo(level + damped * trend - 2 + 0.2 * 5, within(1e-12));
    }

    @Test
    void aDayThatRepeatsIsRepeated() {
        HoltWinters holt = of(hourly(5 * DAY, t -> 10 + t % DAY));
        double[] rates = forecast(holt, 5 * DAY, 3 * DAY);
        for (int h = 0; h < rates.length; h++) {
            assertThat(rates[h]).isCloseTo(10 + h % DAY, within(1e-9));
        }
    }

    @Test
    void zerosStayZerosAndARateNeverFallsBelow() {
        assertThat(forecast(of(hourly(3 * DAY, t -> 0)), 3 * DAY, DAY)).containsOnly(0);
        // the night of a level that has fallen would be negative
        double[] night = forecast(of(hourly(6 * DAY, t -> t < 3 * DAY ? 10 + 10 * (t % 2) : 0)), 6 * DAY, DAY);
        assertThat(night).contains(0);
        assertThat(Arrays.stream(night).min()).hasValue(0);
    }

    @Test
    void agreesWithStatsmodels() {
        ReferenceColumns history = ReferenceColumns.of("baselines-history.csv");
        double[] fitted = history.column("holt_winters_fitted");
        HoltWinters holt = of(RateSeries.of(Rates.START, Rates.HOUR, history.column("y")));

        // the same recursion in another order of operations: rounding only, of rates near 100
        for (int t = DAY; t < fitted.length; t++) {
            assertThat(forecast(holt, t, 1)[0]).isCloseTo(Math.max(0, fitted[t]), within(1e-9));
        }
        double[] ahead = ReferenceColumns.of("baselines-forecast.csv").column("holt_winters");
        assertThat(forecast(holt, fitted.length, ahead.length)).containsExactly(ahead, within(1e-9));
    }

    @Test
    void aGapIsTakenToBeAsForecast() {
        HoltWinters whole = of(hourly(4 * DAY, t -> 10 + t % DAY));
        HoltWinters gapped = of(hourly(4 * DAY, t -> t >= 50 && t < 60 ? GAP : 10 + t % DAY));
        assertThat(forecast(gapped, 4 * DAY, DAY))
                .containsExactly(forecast(whole, 4 * DAY, DAY), within(1e-9)); // an exact season: rounding only
    }

    @Test
    void aSlotNeverObservedHasNoForecastAndIsLearnedWhenItIs() {
        RateSeries series = hourly(3 * DAY, t -> t % DAY == 5 && t < 2 * DAY ? GAP : 10);
        HoltWinters holt = of(series);
        assertThat(forecast(holt, 2 * DAY, DAY)[5]).isNaN();
        assertThat(forecast(holt, 2 * DAY, DAY)[6]).isCloseTo(10, within(1e-9));
        assertThat(forecast(holt, 3 * DAY, DAY)[5]).isCloseTo(10, within(1e-9));
    }

    @Test
    void needsADayAfterTheFirstSample() {
        HoltWinters holt = of(hourly(3 * DAY, t -> t < 6 ? GAP : 1));
        assertThat(holt.speaksAt(6 + DAY - 1)).isFalse();
        assertThat(holt.speaksAt(6 + DAY)).isTrue();
        assertThat(of(hourly(DAY - 1, t -> 1)).speaksAt(DAY - 1)).isFalse();
    }

    @Test
    void theDayFollowsTheWallClock() {
        // 08:00 local has 100 req/s; Berlin goes to summer time on Sunday 2024-03-31
        RateSeries series = RateSeries.of(
                java.time.Instant.parse("2024-03-28T23:00:00Z"),
                Rates.HOUR,
                hourly(2 * DAY, t -> t % DAY == 8 ? 100 : 10).rates());
        LearningHistory history = new LearningHistory(series, TrafficCalendar.in(ZoneId.of("Europe/Berlin")), 48);
        double[] sunday = forecast(new HoltWinters(history), 2 * DAY, DAY);
        assertThat(sunday[7]).isCloseTo(100, within(1e-9)); // the eighth hour of a day without 02:00
        assertThat(sunday[8]).isCloseTo(10, within(1e-9));
    }
}
