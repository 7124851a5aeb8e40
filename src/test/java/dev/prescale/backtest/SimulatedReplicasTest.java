package dev.prescale.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulatedReplicasTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void whatIsOrderedIsReadyOneStartTimeLater() {
        SimulatedReplicas replicas = replicas(2, WorkloadFaults.NONE);
        replicas.scaleTo(5, START);
        replicas.advanceTo(START.plusSeconds(179));
        assertThat(replicas.ready()).isEqualTo(2);
        assertThat(replicas.current()).isEqualTo(5);
        replicas.advanceTo(START.plusSeconds(180));
        assertThat(replicas.ready()).isEqualTo(5);
    }

    @Test
    void scaleInTakesTheNewestOrderFirstAndReadyOnesLast() {
        SimulatedReplicas replicas = replicas(2, WorkloadFaults.NONE);
        replicas.scaleTo(4, START); // ready at 3:00
        replicas.scaleTo(7, START.plusSeconds(60)); // 3 more, ready at 4:00
        replicas.scaleTo(5, START.plusSeconds(75)); // 2 of the 3 go
        replicas.advanceTo(START.plusSeconds(180));
        assertThat(replicas.ready()).isEqualTo(4);
        replicas.advanceTo(START.plusSeconds(240));
        assertThat(replicas.ready()).isEqualTo(5);
        replicas.scaleTo(1, START.plusSeconds(255));
        assertThat(replicas.ready()).isEqualTo(1);
    }

    @Test
    void scaleInBelowWhatIsReadyCancelsEveryStart() {
        SimulatedReplicas replicas = replicas(3, WorkloadFaults.NONE);
        replicas.scaleTo(9, START);
        replicas.scaleTo(2, START.plusSeconds(15));
        replicas.advanceTo(START.plusSeconds(600));
        assertThat(replicas.ready()).isEqualTo(2);
    }

    @Test
    void aStartThatFailsBeginsAgainAndNothingIsLost() {
        SimulatedReplicas replicas = replicas(0, new WorkloadFaults(0, 0.5));
        for (int k = 0; k < 20; k++) {
            replicas.scaleTo(k + 1, START.plusSeconds(60L * k));
        }
        replicas.advanceTo(START.plusSeconds(19 * 60 + 180));
        assertThat(replicas.ready()).isBetween(1, 19); // some started, some failed
        assertThat(replicas.current()).isEqualTo(20);
        replicas.advanceTo(START.plus(Duration.ofDays(1)));
        assertThat(replicas.ready()).isEqualTo(20);
    }

    private static SimulatedReplicas replicas(int ready, WorkloadFaults faults) {
        StartTime startTime = StartTime.constant(Duration.ofMinutes(3));
        return new SimulatedReplicas(
                new ClusterChance(7, new EndpointId("test", "shop"), startTime, Simulation.PLAIN.with(faults)), ready);
    }
}
