package dev.prescale.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PinballLossTest {
    @Test
    void beingUnderCostsTheLevelAndBeingOverTheRest() {
        assertThat(PinballLoss.of(0.9, 10, 8)).isEqualTo(1.8, within(1e-12));
        assertThat(PinballLoss.of(0.9, 8, 10)).isEqualTo(0.2, within(1e-12));
        assertThat(PinballLoss.of(0.9, 8, 8)).isZero();
    }

    @Test
    void aLevelOutsideOfZeroToOneIsRefused() {
        assertThatThrownBy(() -> PinballLoss.of(1, 8, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(0, 1)");
    }

    @Test
    void aRollingMeanForgetsWithItsMemory() {
        Instant start = Instant.parse("2024-01-01T00:00:00Z");
        Duration memory = Duration.ofHours(1);
        RollingMean mean = RollingMean.NONE.with(start, 4, memory).with(start.plusSeconds(3600), 1, memory);
        double kept = Math.exp(-1);
        assertThat(mean.mean()).isCloseTo((4 * kept + 1) / (kept + 1), within(1e-12));
        assertThat(RollingMean.NONE.mean()).isNaN();
    }
}
