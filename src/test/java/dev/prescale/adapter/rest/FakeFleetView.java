package dev.prescale.adapter.rest;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.FleetView;
import dev.prescale.control.SignalBoard;
import dev.prescale.testing.Snapshots;
import dev.prescale.testing.Specs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A fleet that shows what a test puts there. */
@Alternative
@ApplicationScoped
class FakeFleetView implements FleetView {
    private final SignalBoard board;
    private volatile List<EndpointSnapshot> snapshots = List.of();
    private volatile Map<EndpointId, EndpointSpec> known = Map.of();
    private volatile Optional<RuntimeException> fault = Optional.empty();

    FakeFleetView(SignalBoard board) {
        this.board = board;
    }

    /** Shows these endpoints and no others. */
    void shows(EndpointSnapshot... endpoints) {
        TreeMap<EndpointId, EndpointSnapshot> ordered = new TreeMap<>();
        for (EndpointSnapshot snapshot : endpoints) {
            ordered.put(snapshot.spec().id(), snapshot);
        }
        snapshots = List.copyOf(ordered.values());
        known = ordered.values().stream()
                .collect(Collectors.toMap(snapshot -> snapshot.spec().id(), EndpointSnapshot::spec));
        fault = Optional.empty();
        board.cycleDone(Snapshots.NOON, snapshots);
    }

    /** Fails from now on, until it shows endpoints again. */
    void fails(RuntimeException thrown) {
        fault = Optional.of(thrown);
    }

    /** Also knows an endpoint that has not been through a cycle. */
    void knows(EndpointId endpoint) {
        Map<EndpointId, EndpointSpec> more = new TreeMap<>(known);
        more.put(endpoint, Specs.anEndpoint(endpoint.name()));
        known = Map.copyOf(more);
    }

    @Override
    public List<EndpointSnapshot> snapshots() {
        fault.ifPresent(thrown -> {
            throw thrown;
        });
        return snapshots;
    }

    @Override
    public Optional<EndpointSnapshot> snapshot(EndpointId endpoint) {
        return snapshots.stream()
                .filter(snapshot -> snapshot.spec().id().equals(endpoint))
                .findFirst();
    }

    @Override
    public Optional<EndpointSpec> spec(EndpointId endpoint) {
        return Optional.ofNullable(known.get(endpoint));
    }

    @Override
    public List<EndpointSpec> specs() {
        return List.copyOf(new TreeMap<>(known).values());
    }
}
