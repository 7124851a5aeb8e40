package dev.prescale.testing;

import dev.prescale.config.BundledTraces;
import dev.prescale.config.EndpointTraces;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A program that came without traces and runs no endpoint. */
public final class NoTraces implements BundledTraces, EndpointTraces {
    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public Bundled read(String name) {
        throw new IllegalArgumentException(name);
    }

    @Override
    public List<Facts> facts() {
        return List.of();
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public List<EndpointId> endpoints() {
        return List.of();
    }

    @Override
    public Optional<EndpointSpec> spec(EndpointId endpoint) {
        return Optional.empty();
    }

    @Override
    public Optional<String> specText(EndpointId endpoint) {
        return Optional.empty();
    }

    @Override
    public Optional<RateSeries> read(EndpointSpec spec, Instant from, Instant to) {
        throw new IllegalArgumentException(spec.id().toString());
    }
}
