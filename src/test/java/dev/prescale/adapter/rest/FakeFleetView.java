package dev.prescale.adapter.rest;

import dev.prescale.config.SpecTexts;
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
class FakeFleetView implements FleetView, SpecTexts {
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

    /** One that `Specs.anEndpoint` could have been read from. */
    @Override
    public Optional<String> textOf(EndpointId endpoint) {
        return spec(endpoint).map(spec ->
                """
                # what %s is scaled by
                apiVersion: prescale.dev/v1alpha1
                kind: PredictiveAutoscaler
                metadata: {name: %s, namespace: %s}
                spec:
                  scaleTargetRef: {name: %s}
                  minReplicas: 1
                  maxReplicas: 100
                  traffic:
                    influx: {bucket: b, measurement: m, field: count, tags: {service: %s}, kind: Count}
                  capacity:
                    perReplica: {requestRate: 10, targetUtilization: 1}
                """.formatted(endpoint, endpoint.name(), endpoint.namespace(), endpoint.name(), endpoint.name()));
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
