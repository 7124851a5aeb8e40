package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.influx.InfluxRateHistory;
import dev.prescale.adapter.sqlite.SqliteStore;
import dev.prescale.adapter.sqlite.StoreUnavailable;
import dev.prescale.config.EndpointFolder;
import dev.prescale.config.Settings;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.RateHistory;
import dev.prescale.series.RateSeries;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The endpoints that the service is configured with and their histories, for commands that run beside it. */
final class EndpointHistories {
    private EndpointHistories() {}

    /**
     * The specifications of the folder {@code PRESCALE_ENDPOINTS}.
     *
     * @param err is told which are not in force and why
     */
    static List<EndpointSpec> specs(Settings settings, Instant now, PrintStream err) {
        Path folder = settings.endpoints()
                .orElseThrow(() -> CommandFault.badInput("PRESCALE_ENDPOINTS must name the folder of specifications"));
        EndpointFolder specs = new EndpointFolder(folder, (inForce, faults) -> {});
        specs.poll(now);
        specs.faults().forEach(fault -> err.println("not in force: " + fault));
        return specs.inForce();
    }

    /**
     * Reads from where the service does: InfluxDB where one is configured, else the embedded store, which a running service may
     * have open too.
     */
    static <T> T with(Settings settings, Function<RateHistory, T> reader) {
        if (settings.influx().isPresent()) {
            try (InfluxRateHistory history =
                    HistorySource.connect(settings.influx().get())) {
                return reader.apply(history);
            }
        }
        if (!SqliteStore.isIn(settings.data())) {
            throw CommandFault.badInput(
                    "there is no embedded store in %s and PRESCALE_INFLUX_URL is not set: PRESCALE_DATA must name the data folder of the service"
                            .formatted(settings.data()));
        }
        try (SqliteStore store = SqliteStore.open(settings.data())) {
            return reader.apply(store.history());
        } catch (StoreUnavailable unavailable) {
            throw CommandFault.failed(String.valueOf(unavailable.getMessage()));
        }
    }

    /** What a history answered about an endpoint that need not be up to date; empty where it has no samples. */
    static Optional<RateSeries> series(String name, RateHistory.Answer answer) {
        return switch (answer) {
            case RateHistory.Samples samples -> Optional.of(samples.series());
            case RateHistory.Stale stale -> Optional.of(stale.series());
            case RateHistory.Empty ignored -> Optional.empty();
            case RateHistory.Failed failed ->
                throw CommandFault.failed("the history of %s cannot be read: %s".formatted(name, failed.reason()));
        };
    }
}
