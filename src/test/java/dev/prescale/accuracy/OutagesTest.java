package dev.prescale.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.accuracy.Outages.Verdict;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Rates;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static final int DAY = 1440;

    /** A day of traffic, then zeros, then traffic again until {@code size}. */
    private static RateSeries minutes(int zeros, int size, double rate) {
        return Rates.of(Rates.MINUTE, size, t -> t >= DAY && t < DAY + zeros ? 0 : rate);
    }

    private static Verdict verdict(RateSeries series, int from) {
        return Outages.of(series, from, from + 5);
    }

    @Test
    void anHourOfZerosAndTheHourAfterItAreAnOutage() {
        RateSeries series = minutes(60, DAY + 300, 5);
        assertThat(verdict(series, DAY - 5)).isEqualTo(Verdict.OUTSIDE);
        assertThat(verdict(series, DAY - 4)).isEqualTo(Verdict.INSIDE);
        assertThat(verdict(series, DAY + 30)).isEqualTo(Verdict.INSIDE);
        assertThat(verdict(series, DAY + 119)).isEqualTo(Verdict.INSIDE);
        assertThat(verdict(series, DAY + 120)).isEqualTo(Verdict.OUTSIDE);
    }

    @Test
    void fewerZerosAreTraffic() {
        assertThat(verdict(minutes(59, DAY + 300, 5), DAY + 30)).isEqualTo(Verdict.OUTSIDE);
    }

    @Test
    void zerosAtTheEndMayBecomeAnOutage() {
        assertThat(verdict(minutes(300, DAY + 40, 5), DAY + 10)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict(minutes(300, DAY + 60, 5), DAY + 10)).isEqualTo(Verdict.INSIDE);
    }

    @Test
    void zerosAreUsualWhereHardlyARequestComes() {
        assertThat(verdict(minutes(300, DAY + 60, 0.01), DAY + 10)).isEqualTo(Verdict.OUTSIDE);
    }
}
