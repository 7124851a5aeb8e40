package dev.prescale.backtest.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.backtest.DisturbedHistory;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.SampleFaults;
import dev.prescale.backtest.Simulation;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.Trace;
import dev.prescale.control.RateHistory;
import dev.prescale.control.RateHistory.Query;
import dev.prescale.scaling.RateReading;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenLoadTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final int MINUTES = 240;

    /** Lost and late samples are the same ones that the production cycle misses. */
    @Test
    void seesTheNewestSampleThatTheHistoryHas() {
        double[] rates = new double[MINUTES];
        Arrays.setAll(rates, minute -> 100 + minute);
        var endpoint = new ReplaySetup.Endpoint(
                new Trace("shop", RateSeries.of(START, Trace.MINUTE, rates)),
                Specs.anEndpoint("shop"),
                StartTime.constant(Duration.ofMinutes(1)));
        var setup = new ReplaySetup(
                List.of(endpoint),
                START,
                START.plus(Duration.ofMinutes(MINUTES)),
                ReplaySetup.DEFAULT_CYCLE,
                Simulation.PLAIN.with(new SampleFaults(0.2, 0.3, Duration.ofSeconds(100), 0.2)),
                5);
        RateHistory history = DisturbedHistory.of(setup);
        SeenLoad load = SeenLoad.of(setup, endpoint);
        int behind = 0;
        for (int second = 600; second < MINUTES * 60; second += 15) {
            Instant now = START.plusSeconds(second);
            Query query = new Query(endpoint.spec().traffic(), START, START.plusSeconds(second / 60 * 60L));
            RateSeries known =
                    switch (history.read(List.of(query), now).getFirst()) {
                        case RateHistory.Samples samples -> samples.series();
                        case RateHistory.Stale stale -> stale.series();
                        default -> throw new AssertionError();
                    };
            assertThat(load.newestAt(now)).isEqualTo(known.lastSample());
            if (load.readingAt(now) instanceof RateReading.Known(double rate)) {
                assertThat(rate).isEqualTo(100.0 + known.lastSample());
            }
            behind += known.lastSample() < load.endedAt(now) - 1 ? 1 : 0;
        }
        assertThat(behind).isPositive();
    }
}
