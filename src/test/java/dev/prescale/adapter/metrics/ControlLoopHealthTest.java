package dev.prescale.adapter.metrics;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.RateReading;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class ControlLoopHealthTest {
    private final ControlLoopHealth health = new ControlLoopHealth();

    @Test
    void isNotReadyBeforeTheFirstCycle() {
        assertThat(health.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    }

    @Test
    void isReadyWithoutAnyEndpoint() {
        health.cycleDone(NOON, List.of());

        assertThat(health.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void staysReadyWhileTheHistoryFailsAndSaysForHowManyEndpoints() {
        health.cycleDone(
                NOON,
                List.of(
                        aSnapshot("chat").build(),
                        aSnapshot("shop")
                                .requestRate(new RateReading.Failed("connection refused"))
                                .build()));

        assertThat(health.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(health.call().getData()).hasValue(Map.of("endpoints", 2L, "endpointsWithoutHistory", 1L));
    }
}
