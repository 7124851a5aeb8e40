package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.config.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteppedClockTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void aCycleAtEachStepUntilTheEndAndNoneLeftOut() {
        var clock = new SteppedClock(time(START.plusSeconds(61)), Duration.ofSeconds(15));
        assertThat(clock.instant()).isEqualTo(START);
        List<Instant> cycles = new ArrayList<>();
        clock.runThrough(() -> cycles.add(clock.instant()));
        assertThat(cycles)
                .containsExactly(
                        START,
                        START.plusSeconds(15),
                        START.plusSeconds(30),
                        START.plusSeconds(45),
                        START.plusSeconds(60));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void itStopsWhenTold() {
        var clock = new SteppedClock(time(START.plusSeconds(3600)), Duration.ofSeconds(15));
        List<Instant> cycles = new ArrayList<>();
        clock.runThrough(() -> {
            cycles.add(clock.instant());
            clock.stop();
        });
        assertThat(cycles).containsExactly(START);
    }

    private static SimulatedTime time(Instant end) {
        return new SimulatedTime(START, end, SimulatedTime.AS_FAST_AS_CYCLES);
    }
}
