package dev.prescale.control;

import java.time.Instant;
import java.util.List;

/** Port: told of every cycle, for meters, logs and live pages. Must not block. */
public interface FleetListener {
    FleetListener NONE = (now, snapshots) -> {};

    void cycleDone(Instant now, List<EndpointSnapshot> snapshots);

    /** A fault of ours in one endpoint's cycle: the endpoint holds, the others go on. */
    default void endpointFailed(EndpointId endpoint, RuntimeException fault) {}
}
