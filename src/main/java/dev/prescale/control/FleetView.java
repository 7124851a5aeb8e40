package dev.prescale.control;

import java.util.List;
import java.util.Optional;

/** The read side of the running endpoints: what the last cycle left, never blocking on a store. */
public interface FleetView {
    /** One snapshot per endpoint that has been through a cycle, ordered by id. */
    List<EndpointSnapshot> snapshots();

    Optional<EndpointSnapshot> snapshot(EndpointId endpoint);

    /** Whether a valid specification of this endpoint is in force, though it may not have been through a cycle yet. */
    boolean isKnown(EndpointId endpoint);
}
