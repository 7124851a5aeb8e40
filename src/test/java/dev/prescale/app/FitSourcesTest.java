package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.learning.FitSeries;
import dev.prescale.adapter.sqlite.SqliteStore;
import dev.prescale.config.Settings;
import dev.prescale.control.SampleSink;
import dev.prescale.testing.Rates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The histories of the configured endpoints, from the embedded store. */
class FitSourcesTest {
    private static final Instant NOW = Rates.START.plusSeconds(10 * 60);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private List<FitSeries> read(Map<String, String> values) {
        Settings settings = StartUp.settings(values::get);
        return FitSources.ofEndpoints(settings, NOW, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private Map<String, String> settings() throws IOException {
        Path specs = Files.createDirectories(folder.resolve("specs"));
        for (String name : List.of("chat", "shop", "silent")) {
            Files.writeString(specs.resolve(name + ".yaml"), """
                    apiVersion: prescale.dev/v1alpha1
                    kind: PredictiveAutoscaler
                    metadata: {name: %s}
                    spec:
                      scaleTargetRef: {name: %s}
                      maxReplicas: 10
                      timeZone: Asia/Kolkata
                      traffic: {influx: {bucket: b, measurement: m, field: count, tags: {service: %s}, kind: Count}}
                      capacity: {perReplica: {requestRate: 12, targetUtilization: 0.7}}
                    """.formatted(name, name, name));
        }
        StringBuilder lines = new StringBuilder();
        for (int minute = 0; minute < 10; minute++) {
            long second = Rates.START.getEpochSecond() + 60 * minute;
            lines.append("m,service=chat count=60 ").append(second).append('\n');
            lines.append("m,service=shop count=120 ").append(second).append('\n');
        }
        Path data = folder.resolve("data");
        SqliteStore store = SqliteStore.open(data);
        store.samples().write(lines.toString(), SampleSink.Precision.SECONDS, NOW);
        store.close();
        return Map.of("prescale.endpoints", specs.toString(), "prescale.data", data.toString());
    }

    @Test
    void everyEndpointWithSamplesIsReadWithItsCalendar() throws IOException {
        List<FitSeries> series = read(settings());
        assertThat(series).extracting(FitSeries::name).containsExactly("default/chat", "default/shop");
        assertThat(series.getLast().series().end()).isEqualTo(NOW);
        assertThat(series.getLast().series().rateAt(series.getLast().series().size() - 1))
                .isEqualTo(2);
        assertThat(series.getLast().calendar().zone().getId()).isEqualTo("Asia/Kolkata");
        assertThat(err.toString()).isEqualToIgnoringNewLines("default/silent: has no samples, is left out");
    }

    @Test
    void theFolderOfSpecificationsMustBeSet() {
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(CommandFault.class)
                .hasMessageContaining("PRESCALE_ENDPOINTS");
    }
}
