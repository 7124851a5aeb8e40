package dev.prescale.control;

import java.util.List;
import java.util.Optional;

/** The read side of the running endpoints: what the last cycle left, never blocking on a store. */
public interface FleetView {
    /** One snapshot per endpoint that has been through a cycle, ordered by id. */
    List<EndpointSnapshot> snapshots();

    Optional<EndpointSnapshot> snapshot(EndpointId endpoint);

    /** The valid specification that is in force, though the endpoint may not have been through a cycle yet. */
    Optional<EndpointSpec> spec(EndpointId endpoint);

    /** All specifications in force, ordered by id. */
    List<EndpointSpec> specs();
}
