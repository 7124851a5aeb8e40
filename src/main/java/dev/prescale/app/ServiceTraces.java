package dev.prescale.app;

import dev.prescale.adapter.influx.InfluxRateHistory;
import dev.prescale.config.EndpointTraces;
import dev.prescale.config.Settings;
import dev.prescale.config.SpecTexts;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.FleetView;
import dev.prescale.series.RateSeries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The histories of the endpoints that run here, for backtests: read past the control loop, over a connection of their own, so that a
 * slow read keeps no cycle waiting.
 */
@Singleton
class ServiceTraces implements EndpointTraces {
    private final FleetView fleet;
    private final InstantSource clock;
    private final SpecTexts texts;
    private final Settings settings;
    private final ServiceStore store;

    ServiceTraces(FleetView fleet, InstantSource clock, SpecTexts texts, Settings settings, ServiceStore store) {
        this.fleet = fleet;
        this.clock = clock;
        this.texts = texts;
        this.settings = settings;
        this.store = store;
    }

    @Override
    public Instant now() {
        return clock.instant();
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
        return texts.textOf(endpoint);
    }

    @Override
    public Optional<RateSeries> read(EndpointSpec spec, Instant from, Instant to) {
        Demo demo = DemoRunner.running();
        if (demo != null) {
            return OwnHistory.read(demo.history(), spec, from, to, now());
        }
        if (settings.influx().isPresent()) {
            try (InfluxRateHistory history =
                    HistorySource.connect(settings.influx().get())) {
                return OwnHistory.read(history, spec, from, to, now());
            }
        }
        return OwnHistory.read(store.store().history(), spec, from, to, now());
    }
}
