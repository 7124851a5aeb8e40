package dev.prescale.forecast;

import static dev.prescale.testing.Rates.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeasonalTrendTest {
    private static final double GAP = Double.NaN;
    private static final int DAY = 24;
    private static final int WEEK = 168;

    private static SeasonalTrend of(RateSeries series) {
        return new SeasonalTrend(new LearningHistory(series, TrafficCalendar.UTC, 400));
    }

    private static double[] forecast(Member member, int origin, int steps) {
        double[] rates = new double[steps];
        member.forecast(origin, IntStream.rangeClosed(1, rates.length).toArray(), rates);
        return rates;
    }

    @Test
    void loessGoesThroughALineAndLeavesOutGaps() {
        double[] line = {1, 3, GAP, 7, 9, 11};
        double[] smooth = new double[line.length];
        Loess.smooth(line, 5, 1, smooth);
        assertThat(smooth).containsExactly(new double[] {1, 3, 5, 7, 9, 11}, within(1e-12));
        assertThat(Loess.at(-1, line, 5)).isCloseTo(-1, within(1e-12));
        assertThat(Loess.at(6, line, 5)).isCloseTo(13, within(1e-12));
    }

    @Test
    void loessOfThreePointsByHand() {
        // the middle of three: neighbours lie at the edge of the window, where the weight is 0
        assertThat(Loess.at(1, new double[] {0, 6, 0}, 3)).isEqualTo(6);
        // five wide on three points: d = 1 + (5 - 3) / 2 = 2, neighbours weigh (1 - 1/8)^3
        double w = Math.pow(0.875, 3);
        assertThat(Loess.at(1, new double[] {0, 6, 0}, 5)).isCloseTo(6 / (1 + 2 * w), within(1e-12));
        // none known near
        assertThat(Loess.at(1, new double[] {GAP, GAP, GAP}, 3)).isNaN();
    }

    @Test
    void anExactDayIsRepeated() {
        double[] rates = forecast(of(hourly(10 * DAY, t -> 10 + t % DAY)), 10 * DAY, 48);
        for (int h = 0; h < rates.length; h++) {
            assertThat(rates[h]).isCloseTo(10 + h % DAY, within(1e-9)); // rounding of sums over a day
        }
    }

    @Test
    void anExactDayAndWeekAreRepeated() {
        SeasonalTrend trend = of(hourly(3 * WEEK, SeasonalTrendTest::exact));
        double[] rates = forecast(trend, 3 * WEEK, 48);
        for (int h = 0; h < rates.length; h++) {
            assertThat(rates[h])
                    .isCloseTo(exact(3 * WEEK + h), within(0.5)); // a tenth of the weekday, which bends the trend
        }
    }

    private static double exact(int t) {
        return 40 + 10 * Math.sin(2 * Math.PI * t / DAY) + (t / DAY % 7 == 5 ? 5 : 0);
    }

    @Test
    void aConstantStaysAndZerosStayZeros() {
        double[] sevens = new double[DAY];
        Arrays.fill(sevens, 7);
        assertThat(forecast(of(hourly(3 * DAY, t -> 7)), 3 * DAY, DAY)).containsExactly(sevens, within(1e-9));
        assertThat(forecast(of(hourly(3 * DAY, t -> 0)), 3 * DAY, DAY)).containsOnly(0);
    }

    @Test
    void agreesWithStatsmodels() {
        ReferenceColumns history = ReferenceColumns.of("baselines-history.csv");
        double[] y = history.column("y");
        MultipleSeasons parts = new MultipleSeasons(y, DAY, WEEK);

        // the same sums in another order, rates near 100 and four decompositions in a row: rounding only
        double[] day = history.column("day");
        double[] week = history.column("week");
        for (int t = 0; t < y.length; t++) {
            assertThat(parts.seasonal(0, t)).isCloseTo(day[t], within(1e-8));
            assertThat(parts.seasonal(1, t)).isCloseTo(week[t], within(1e-8));
        }
        assertThat(parts.adjusted()).containsExactly(history.column("adjusted"), within(1e-8));

        double[] ahead = ReferenceColumns.of("baselines-forecast.csv").column("seasonal_trend");
        SeasonalTrend trend = of(RateSeries.of(Rates.START, Rates.HOUR, y));
        assertThat(forecast(trend, y.length, ahead.length)).containsExactly(ahead, within(1e-8));
    }

    @Test
    void aGapOfADayLeavesTheSeasonAlone() {
        SeasonalTrend trend = of(hourly(3 * WEEK, t -> t >= 400 && t < 424 ? GAP : exact(t)));
        double[] rates = forecast(trend, 3 * WEEK, 48);
        for (int h = 0; h < rates.length; h++) {
            assertThat(rates[h]).isCloseTo(exact(3 * WEEK + h), within(1.0)); // the trend bridges the gap by a line
        }
    }

    @Test
    void needsTwoDays() {
        SeasonalTrend trend = of(hourly(3 * DAY, t -> t < 6 ? GAP : 1));
        assertThat(trend.speaksAt(6 + 2 * DAY - 1)).isFalse();
        assertThat(trend.speaksAt(6 + 2 * DAY)).isTrue();
    }
}
