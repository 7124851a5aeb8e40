package dev.prescale.adapter.rest;

import dev.prescale.config.SpecFault;
import dev.prescale.control.EndpointSnapshot;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * All endpoints, ordered by namespace and name.
 *
 * @param specificationFaults why a specification file, or part of it, is not in force; the last valid one stays
 */
@Schema(name = "Endpoints")
record FleetState(List<EndpointState> endpoints, List<String> specificationFaults) {
    static FleetState of(List<EndpointSnapshot> snapshots, List<SpecFault> faults) {
        return new FleetState(
                snapshots.stream().map(EndpointState::of).toList(),
                faults.stream().map(SpecFault::toString).toList());
    }
}
