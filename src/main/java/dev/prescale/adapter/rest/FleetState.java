package dev.prescale.adapter.rest;

import dev.prescale.control.EndpointSnapshot;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All endpoints, ordered by namespace and name. */
@Schema(name = "Endpoints")
record FleetState(List<EndpointState> endpoints) {
    static FleetState of(List<EndpointSnapshot> snapshots) {
        return new FleetState(snapshots.stream().map(EndpointState::of).toList());
    }
}
