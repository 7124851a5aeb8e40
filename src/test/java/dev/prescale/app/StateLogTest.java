package dev.prescale.app;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointSnapshot;
import dev.prescale.scaling.RateReading;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateLogTest {
    private final List<String> lines = new ArrayList<>();
    private final StateLog log = new StateLog(lines::add);

    @Test
    void saysTheFirstStateAndThenWhatChangedOnly() {
        EndpointSnapshot well = aSnapshot("shop").build();
        EndpointSnapshot failed =
                aSnapshot("shop").requestRate(new RateReading.Failed("refused")).build();

        log.cycleDone(NOON, List.of(well));
        log.cycleDone(NOON.plusSeconds(15), List.of(well));
        log.cycleDone(NOON.plusSeconds(30), List.of(failed));
        log.cycleDone(NOON.plusSeconds(45), List.of(failed));
        log.cycleDone(NOON.plusSeconds(60), List.of(well));

        assertThat(lines)
                .containsExactly(
                        "test/shop: history is read; forecast trusted; 5 replicas",
                        "test/shop: history failed: refused",
                        "test/shop: history is read");
    }
}
