package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NearPeaksTest {
    private static final int DAY = 1440;
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.99, 0.5, 0.95);

    private final NearPeaks nearPeaks = new NearPeaks();

    private Optional<List<Double>> rates(RateSeries history, int fromMinutes, int toMinutes) {
        NearPeaks.Window window = new NearPeaks.Window(Duration.ofMinutes(fromMinutes), Duration.ofMinutes(toMinutes));
        return nearPeaks.rates(history, TrafficCalendar.UTC, window, LEVELS);
    }

    /** Each day at 08:00 the rate jumps from 10 to 40 for an hour. */
    private static RateSeries jumps(int minutes) {
        SplittableRandom random = new SplittableRandom(1);
        return Rates.of(Rates.MINUTE, minutes, t -> (t % DAY / 60 == 8 ? 40 : 10) * (0.95 + 0.1 * random.nextDouble()));
    }

    @Test
    void onlyWindowsThatBeginWithinAQuarterOfAnHourAreNear() {
        RateSeries history = jumps(8 * DAY);
        assertThat(rates(history, 15, 20)).isPresent();
        assertThat(rates(history, 16, 20)).isEmpty();
        assertThat(rates(history, 0, 121)).isEmpty();
    }

    @Test
    void aShortHistoryIsLeftToThePaths() {
        assertThat(rates(jumps(3 * DAY), 0, 5)).isEmpty();
    }

    @Test
    void aWindowThatBeginsLaterSeesWhatComesThen() {
        RateSeries history = jumps(12 * DAY + 8 * 60 - 8); // 07:52
        assertThat(rates(history, 0, 5).orElseThrow().get(1)).isCloseTo(10, within(2.0));
        assertThat(rates(history, 10, 15).orElseThrow().get(1)).isGreaterThan(25);
    }

    @Test
    void ratesAscendWithTheirLevelAndAreTheSameEachTime() {
        RateSeries history = jumps(9 * DAY);
        for (int from = 0; from <= 15; from += 5) {
            List<Double> rates = rates(history, from, from + 10).orElseThrow();
            assertThat(List.of(rates.get(1), rates.get(2), rates.get(0))).isSorted();
            assertThat(rates(history, from, from + 10)).hasValue(rates);
        }
    }

    @Test
    void aWindowTouchesTheStepsOfACoarserGridAsAForecastCountsThem() {
        assertThat(PeakSpan.of(Duration.ofMinutes(2), Duration.ofMinutes(17), Rates.TEN_MINUTES))
                .isEqualTo(new PeakSpan(0, 2));
        assertThat(PeakSpan.of(Duration.ofMinutes(10), Duration.ofMinutes(15), Rates.TEN_MINUTES))
                .isEqualTo(new PeakSpan(1, 1));
    }
}
