package dev.prescale.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Port: told of every cycle, for meters and live pages. Must not block. */
public interface FleetListener {
    void cycleDone(Instant now, List<EndpointSnapshot> snapshots);

    /** @param elapsed wall-clock time of one batched history read */
    default void historyRead(Duration elapsed, int failures) {}
}
