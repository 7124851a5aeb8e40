package dev.prescale.app;

import dev.prescale.adapter.influx.InfluxDialect;
import dev.prescale.adapter.influx.InfluxRateHistory;
import dev.prescale.adapter.influx.InfluxSettings;
import dev.prescale.adapter.influx.InfluxSettings.Breaker;
import dev.prescale.adapter.influx.InfluxSettings.Retry;
import dev.prescale.adapter.influx.InfluxSettings.Timeouts;
import dev.prescale.adapter.metrics.MeteredRateHistory;
import dev.prescale.config.InfluxServer;
import dev.prescale.config.Settings;
import dev.prescale.control.RateHistory;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The history of the service: InfluxDB where one is configured, else the embedded store. */
@Singleton
class HistorySource {
    /** Of a cycle; the rest is for deciding and acting. */
    private static final int PATIENCE_SHARE = 3;

    private final PromptHistory history;
    private final @Nullable InfluxRateHistory influx;

    HistorySource(Settings settings, ServiceStore store, MeterRegistry meters) {
        this.influx = settings.influx().map(HistorySource::connect).orElse(null);
        RateHistory source = influx == null ? store.store().history() : influx;
        this.history = new PromptHistory(
                new MeteredRateHistory(source, meters), settings.cycleInterval().dividedBy(PATIENCE_SHARE));
    }

    static InfluxRateHistory connect(InfluxServer server) {
        InfluxServer.Patience patience = server.patience();
        InfluxDialect dialect = InfluxDialect.valueOf(server.dialect().toUpperCase(Locale.ROOT));
        return new InfluxRateHistory(InfluxSettings.of(server.url().toString(), server.token(), server.org(), dialect)
                .with(new Timeouts(patience.connectTimeout(), patience.silenceTimeout(), patience.readTimeout()))
                .with(new Retry(patience.attempts(), Retry.DEFAULT.firstDelay(), Retry.DEFAULT.longestDelay()))
                .with(new Breaker(patience.breakerFailures(), patience.breakerOpenFor())));
    }

    @Produces
    @Singleton
    RateHistory history() {
        return history;
    }

    @PreDestroy
    void close() {
        history.close();
        if (influx != null) {
            influx.close();
        }
    }
}
