package dev.prescale.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.RateSeries;
import dev.prescale.testing.Rates;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Ten-minute steps; the day before has 10 req/s unless a test says otherwise. */
class OutageWatchTest {
    private static RateSeries secondDay(IntToDoubleFunction rate) {
        return Rates.of(Rates.TEN_MINUTES, 288, t -> t < 144 ? 10 : rate.applyAsDouble(t));
    }

    @Test
    void anHourOfZerosAndTheHourAroundItAreAnOutage() {
        RateSeries series = secondDay(t -> t >= 200 && t < 206 ? 0 : 10);

        assertThat(OutageWatch.isOutage(series, 193)).isFalse();
        assertThat(OutageWatch.isOutage(series, 194)).isTrue(); // an hour before
        assertThat(OutageWatch.isOutage(series, 203)).isTrue();
        assertThat(OutageWatch.isOutage(series, 211)).isTrue();
        assertThat(OutageWatch.isOutage(series, 212)).isFalse();
    }

    @Test
    void aShortSilenceIsDemand() {
        RateSeries series = secondDay(t -> t >= 200 && t < 205 ? 0 : 10);

        assertThat(OutageWatch.isOutage(series, 202)).isFalse();
    }

    @Test
    void whereThereIsHardlyAnyTrafficZeroIsUsual() {
        RateSeries quiet = Rates.of(Rates.TEN_MINUTES, 288, t -> t % 144 == 100 ? 1 : 0);

        assertThat(OutageWatch.isOutage(quiet, 200)).isFalse();
    }
}
