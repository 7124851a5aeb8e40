package dev.prescale.adapter.rest;

import dev.prescale.config.EndpointTraces;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The histories that a fake fleet shows. */
@Alternative
@ApplicationScoped
class FakeEndpointTraces implements EndpointTraces {
    private final FakeFleetView fleet;
    private volatile Optional<String> fault = Optional.empty();

    FakeEndpointTraces(FakeFleetView fleet) {
        this.fleet = fleet;
    }

    /** Fails from now on with this sentence; empty: not any more. */
    void fails(Optional<String> sentence) {
        fault = sentence;
    }

    @Override
    public Instant now() {
        return Snapshots.NOON;
    }

    @Override
    public List<EndpointId> endpoints() {
        return fleet.specs().stream().map(EndpointSpec::id).toList();
    }

    @Override
    public Optional<EndpointSpec> spec(EndpointId endpoint) {
        return fleet.spec(endpoint);
    }

    @Override
    public Optional<String> specText(EndpointId endpoint) {
        return fleet.textOf(endpoint);
    }

    @Override
    public Optional<RateSeries> read(EndpointSpec spec, Instant from, Instant to) {
        fault.ifPresent(sentence -> {
            throw new Unreadable(sentence);
        });
        return fleet.snapshot(spec.id())
                .map(snapshot -> snapshot.history().until(to))
                .map(series -> from.isAfter(series.start()) ? series.from(from) : series)
                .filter(RateSeries::hasSamples);
    }
}
