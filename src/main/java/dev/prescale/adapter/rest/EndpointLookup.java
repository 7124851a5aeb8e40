package dev.prescale.adapter.rest;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.FleetView;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Finds endpoints by the names in a path. */
@ApplicationScoped
class EndpointLookup {
    /** About one control cycle: by then a new endpoint has been through one. */
    private static final Duration FIRST_CYCLE = Duration.ofSeconds(15);

    private final FleetView fleet;

    EndpointLookup(FleetView fleet) {
        this.fleet = fleet;
    }

    /** The id of an endpoint that is specified; a 404 problem for any other. */
    EndpointId idOf(String namespace, String name) {
        return specOf(namespace, name).id();
    }

    /** The specification of an endpoint; a 404 problem for one that has none. */
    EndpointSpec specOf(String namespace, String name) {
        return Optional.of(namespace)
                .filter(any -> EndpointId.isValidName(namespace) && EndpointId.isValidName(name))
                .flatMap(any -> fleet.spec(new EndpointId(namespace, name)))
                .orElseThrow(() -> ProblemException.ofStatus(
                        404,
                        "There is no endpoint %s/%s; GET /api/v1/endpoints lists all.".formatted(namespace, name)));
    }

    /** What the last cycle left of an endpoint, where it has been through one. */
    Optional<EndpointSnapshot> find(EndpointId endpoint) {
        return fleet.snapshot(endpoint);
    }

    /** What the last cycle left of an endpoint; a 404 problem for an unknown one, 503 before its first cycle. */
    EndpointSnapshot snapshotOf(String namespace, String name) {
        EndpointId id = idOf(namespace, name);
        return fleet.snapshot(id)
                .orElseThrow(() -> ProblemException.ofUnavailable(
                        "Endpoint %s has not been through a control cycle yet.".formatted(id), FIRST_CYCLE));
    }
}
