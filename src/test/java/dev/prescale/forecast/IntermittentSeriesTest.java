package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.series.TrafficCalendar.Event;
import dev.prescale.testing.Rates;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntermittentSeriesTest {
    private static final int DAY = 144;

    /** A request in one of five steps, up to four at once. */
    private static RateSeries rare(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Rates.of(Rates.TEN_MINUTES, size, t -> random.nextInt(5) == 0 ? (1 + random.nextInt(4)) / 600.0 : 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void quantilesAscendAlsoWhereAnEventMultipliesThem(long seed) {
        RateSeries series = rare(7 * DAY, seed);
        double factor = 1 + new SplittableRandom(seed).nextDouble();
        Event event = new Event("sale", series.end(), series.end().plusSeconds(86_400), factor);
        TrafficCalendar calendar = new TrafficCalendar(ZoneOffset.UTC, Set.of(), List.of(event));
        double[] levels = new double[15];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = 0.85 + i / 100.0;
        }
        Forecast forecast = new IntermittentSeries(series, calendar, 288).forecast(QuantileLevels.of(levels));
        Forecast without = new IntermittentSeries(series, TrafficCalendar.UTC, 288).forecast(QuantileLevels.of(levels));
        for (int h = 0; h < 288; h++) {
            assertThat(forecast.rates(h)).isSorted();
            for (int i = 0; i < levels.length; i++) {
                assertThat(forecast.rate(h, i)).isEqualTo((h < DAY ? factor : 1) * without.rate(h, i));
            }
        }
    }

    @Test
    void aSeriesOfZerosIsNone() {
        RateSeries zeros = Rates.of(Rates.TEN_MINUTES, 500, t -> 0);
        assertThat(IntermittentSeries.is(zeros)).isFalse();
        Forecast forecast =
                new CombinedForecaster().follow(zeros, TrafficCalendar.UTC, 6).forecast(QuantileLevels.DEFAULT);
        assertThat(forecast.provenance().warnings()).contains("Every sample is zero.");
    }

    @Test
    void isTheSameFollowedAsReadInOneGo() {
        RateSeries series = rare(10 * DAY, 7);
        FollowedSeries followed = new CombinedForecaster().follow(series.slice(0, 6 * DAY), TrafficCalendar.UTC, 288);
        for (int t = 6 * DAY; t < 10 * DAY; t++) {
            followed.append(series.rateAt(t));
        }
        Forecast anew = new CombinedForecaster()
                .follow(series, TrafficCalendar.UTC, 288)
                .forecast(QuantileLevels.DEFAULT);
        Forecast along = followed.forecast(QuantileLevels.DEFAULT);
        assertThat(anew.provenance().members().getFirst().name()).isEqualTo(IntermittentSeries.NAME);
        for (int h = 0; h < 288; h++) {
            assertThat(along.rates(h)).containsExactly(anew.rates(h));
        }
    }

    @Test
    void growsByTwoMonthsAndNoMore() {
        FollowedSeries followed = new CombinedForecaster().follow(rare(2 * DAY, 8), TrafficCalendar.UTC, 288);
        for (int t = 0; t < 60 * DAY; t++) {
            followed.append(0);
        }
        followed.forecast(QuantileLevels.DEFAULT);
        assertThatThrownBy(() -> followed.append(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("60 days");
    }
}
