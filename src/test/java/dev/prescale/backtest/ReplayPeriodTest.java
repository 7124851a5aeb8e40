package dev.prescale.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayPeriodTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Trace THREE_HOURS = trace(180);

    @Test
    void whatTheWarmUpLeavesIsReplayed() {
        assertThat(ReplayPeriod.after(THREE_HOURS, HOUR, Duration.ofSeconds(15), Optional.empty()))
                .contains(new ReplayPeriod(START.plus(HOUR), START.plus(HOUR.multipliedBy(3))));
    }

    @Test
    void aReplayHasWholeCyclesAndWholeMinutes() {
        // 45 s and 60 s meet every 3 minutes: of 120 minutes all, of 119 two less
        assertThat(ReplayPeriod.after(trace(179), HOUR, Duration.ofSeconds(45), Optional.empty())
                        .orElseThrow()
                        .length())
                .isEqualTo(Duration.ofMinutes(117));
        assertThat(ReplayPeriod.after(THREE_HOURS, HOUR, Duration.ofMinutes(7), Optional.empty())
                        .orElseThrow()
                        .length())
                .isEqualTo(Duration.ofMinutes(119));
    }

    @Test
    void aPartOfItCanBeAskedFor() {
        assertThat(ReplayPeriod.after(THREE_HOURS, HOUR, Duration.ofSeconds(15), Optional.of(HOUR))
                        .orElseThrow()
                        .length())
                .isEqualTo(HOUR);
    }

    @Test
    void lessThanACycleIsNothing() {
        Duration allButFiveMinutes = Duration.ofMinutes(175);
        assertThat(ReplayPeriod.after(THREE_HOURS, allButFiveMinutes, Duration.ofMinutes(5), Optional.empty()))
                .isPresent();
        assertThat(ReplayPeriod.after(THREE_HOURS, allButFiveMinutes, Duration.ofMinutes(6), Optional.empty()))
                .isEmpty();
        assertThat(ReplayPeriod.after(THREE_HOURS, Duration.ofDays(14), Duration.ofSeconds(15), Optional.empty()))
                .isEmpty();
    }

    @Test
    void twoThirdsOfATraceFitAsWarmUp() {
        assertThat(ReplayPeriod.fittingWarmUp(THREE_HOURS)).isEqualTo(Duration.ofHours(2));
        assertThat(ReplayPeriod.fittingWarmUp(trace(10 * 1_440))).isEqualTo(Duration.ofDays(6));
        assertThat(ReplayPeriod.fittingWarmUp(trace(30))).isZero();
    }

    private static Trace trace(int minutes) {
        double[] rates = new double[minutes];
        rates[0] = 1;
        return new Trace("shop", RateSeries.of(START, Trace.MINUTE, rates));
    }
}
