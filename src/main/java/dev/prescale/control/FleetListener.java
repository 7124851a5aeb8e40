package dev.prescale.control;

import java.time.Instant;
import java.util.List;

/** Port: told of every cycle, for meters, logs and live pages. Must not block. */
public interface FleetListener {
    FleetListener NONE = (now, snapshots) -> {};

    void cycleDone(Instant now, List<EndpointSnapshot> snapshots);

    /** What became of the forecast state that was saved for an endpoint: a clause for the log. */
    default void forecastState(EndpointId endpoint, String clause) {}

    /** A fault of ours in one endpoint's cycle: the endpoint holds, the others go on. */
    default void endpointFailed(EndpointId endpoint, RuntimeException fault) {}

    /** Decisions of a cycle could not be journalled; they were carried out all the same. */
    default void journalFailed(RuntimeException fault) {}

    /** Endpoints whose work was not done within the cycle; empty where all were. */
    default void endpointsLate(List<EndpointId> endpoints) {}
}
