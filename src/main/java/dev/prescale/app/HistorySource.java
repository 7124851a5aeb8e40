package dev.prescale.app;

import dev.prescale.adapter.influx.InfluxDialect;
import dev.prescale.adapter.influx.InfluxRateHistory;
import dev.prescale.adapter.influx.InfluxSettings;
import dev.prescale.adapter.metrics.MeteredRateHistory;
import dev.prescale.control.RateHistory;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The history of the service: InfluxDB where one is configured, else the embedded store. */
@Singleton
class HistorySource {
    private final RateHistory history;
    private final @Nullable InfluxRateHistory influx;

    HistorySource(
            ServiceStore store,
            MeterRegistry meters,
            @ConfigProperty(name = "prescale.influx.url") Optional<String> url,
            @ConfigProperty(name = "prescale.influx.token") Optional<String> token,
            @ConfigProperty(name = "prescale.influx.org") Optional<String> org,
            @ConfigProperty(name = "prescale.influx.dialect", defaultValue = "flux") String dialect) {
        this.influx = url.map(server -> new InfluxRateHistory(InfluxSettings.of(
                        server,
                        () -> token.orElse(""),
                        org.orElse(""),
                        InfluxDialect.valueOf(dialect.toUpperCase(java.util.Locale.ROOT)))))
                .orElse(null);
        this.history = new MeteredRateHistory(influx == null ? store.store().history() : influx, meters);
    }

    @Produces
    @Singleton
    RateHistory history() {
        return history;
    }

    @PreDestroy
    void close() {
        if (influx != null) {
            influx.close();
        }
    }
}
