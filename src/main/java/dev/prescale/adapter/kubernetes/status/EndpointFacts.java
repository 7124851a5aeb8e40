package dev.prescale.adapter.kubernetes.status;

import dev.prescale.config.Violation;
import dev.prescale.control.EndpointSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of an endpoint that is a resource.
 *
 * @param at when it was known
 * @param generation of the resource
 * @param snapshot after the last cycle, null where there was none
 * @param faults why the resource as it is now is not in force; an earlier one may be
 * @param conflict null where there is none
 */
record EndpointFacts(
        Instant at,
        long generation,
        @Nullable EndpointSnapshot snapshot,
        List<Violation> faults,
        @Nullable EndpointConflict conflict) {
    EndpointFacts {
        faults = List.copyOf(faults);
    }
}
