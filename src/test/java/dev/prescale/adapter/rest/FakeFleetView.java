package dev.prescale.adapter.rest;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A fleet that shows what a test puts there. */
@Alternative
@ApplicationScoped
class FakeFleetView implements FleetView {
    private volatile List<EndpointSnapshot> snapshots = List.of();
    private volatile Set<EndpointId> known = Set.of();
    private volatile Optional<RuntimeException> fault = Optional.empty();

    /** Shows these endpoints and no others. */
    void shows(EndpointSnapshot... endpoints) {
        TreeMap<EndpointId, EndpointSnapshot> ordered = new TreeMap<>();
        for (EndpointSnapshot snapshot : endpoints) {
            ordered.put(snapshot.spec().id(), snapshot);
        }
        snapshots = List.copyOf(ordered.values());
        known = Set.copyOf(ordered.keySet());
        fault = Optional.empty();
    }

    /** Fails from now on, until it shows endpoints again. */
    void fails(RuntimeException thrown) {
        fault = Optional.of(thrown);
    }

    /** Also knows an endpoint that has not been through a cycle. */
    void knows(EndpointId endpoint) {
        Set<EndpointId> more = new TreeSet<>(known);
        more.add(endpoint);
        known = Set.copyOf(more);
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
    public boolean isKnown(EndpointId endpoint) {
        return known.contains(endpoint);
    }
}
