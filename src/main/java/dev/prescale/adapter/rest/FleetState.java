package dev.prescale.adapter.rest;

import dev.prescale.config.SpecFault;
import dev.prescale.control.EndpointSnapshot;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * All endpoints, ordered by namespace and name.
 *
 * @param next the last one of a page, to be passed as {@code after}; null where there are no more
 * @param specificationFaults why a specification file, or part of it, is not in force; the last valid one stays
 */
@Schema(name = "Endpoints")
record FleetState(List<EndpointState> endpoints, @Nullable String next, List<String> specificationFaults) {
    /** All of them. */
    static FleetState of(List<EndpointSnapshot> snapshots, List<SpecFault> faults) {
        return of(snapshots, snapshots.size(), faults);
    }

    /** The first of them. */
    static FleetState of(List<EndpointSnapshot> snapshots, int limit, List<SpecFault> faults) {
        List<EndpointSnapshot> page = snapshots.stream().limit(limit).toList();
        return new FleetState(
                page.stream().map(EndpointState::of).toList(),
                page.size() == snapshots.size() || page.isEmpty()
                        ? null
                        : page.getLast().spec().id().toString(),
                faults.stream().map(SpecFault::toString).toList());
    }
}
