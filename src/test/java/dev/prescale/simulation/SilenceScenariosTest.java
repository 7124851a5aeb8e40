package dev.prescale.simulation;

import static dev.prescale.simulation.ScenarioReplay.DAY;
import static dev.prescale.simulation.ScenarioReplay.noise;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.testing.Specs;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Workloads that have no replica at night: an office from 8 to 18 h on each day, 60 req/s, starts of two minutes. */
class SilenceScenariosTest {
    private static final int OPENS = 8 * 60;
    private static final int CLOSES = 18 * 60;
    private static final int TODAY = 16 * DAY;
    private static final int TOMORROW = TODAY + DAY;

    private static ScenarioReplay replay(boolean isClosedToday) {
        ScalingPolicy policy = Specs.aPolicy();
        ScalingPolicy downToZero = new ScalingPolicy(
                ReplicaBounds.of(0, 100),
                policy.capacity(),
                policy.predictive(),
                policy.reactive(),
                policy.schedules(),
                policy.behavior(),
                policy.fallback());
        return new ScenarioReplay(
                downToZero,
                Duration.ofMinutes(2),
                minute -> isOpen(minute) && !(isClosedToday && minute >= TODAY) ? 60 * noise(minute) : 0,
                TODAY,
                TOMORROW);
    }

    private static boolean isOpen(int minute) {
        return minute % DAY >= OPENS && minute % DAY < CLOSES;
    }

    @Test
    void theFirstReplicasAreReadyWhenTheOfficeOpensAndNotMuchSooner() {
        ScenarioReplay replay = replay(false);

        assertThat(replay.prescaleAt(TODAY + OPENS - 15).ready()).isZero();
        assertThat(replay.prescaleAt(TODAY + OPENS).ready()).isGreaterThanOrEqualTo(6);
        assertThat(replay.violationMinutes("prescale", TODAY, TOMORROW)).isLessThanOrEqualTo(1);
        assertThat(replay.violationMinutes("hpa", TODAY, TOMORROW)).isGreaterThanOrEqualTo(2);
        assertThat(replay.prescaleAt(TODAY + OPENS + 10).ready()).isLessThanOrEqualTo(8);
        assertThat(replay.prescaleAt(TODAY + CLOSES + 60).ready()).isZero();
    }

    @Test
    void whereNobodyComesTheReplicasAreReleased() {
        ScenarioReplay replay = replay(true);

        assertThat(replay.prescaleAt(TODAY + OPENS).ready()).isGreaterThanOrEqualTo(6);
        assertThat(replay.prescaleAt(TODAY + OPENS + 25).desired()).isZero();
        assertThat(replay.prescaleAt(TODAY + CLOSES - 60).desired()).isZero();
    }
}
