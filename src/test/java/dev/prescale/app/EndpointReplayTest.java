package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.ReplayOptions;
import dev.prescale.adapter.sqlite.SqliteStore;
import dev.prescale.config.Settings;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Mode;
import dev.prescale.control.SampleSink;
import dev.prescale.testing.Rates;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint's own history, from the embedded store that a running service has open. */
class EndpointReplayTest {
    private static final Instant NOW = Rates.START.plus(Duration.ofMinutes(60));

    @TempDir
    private Path folder;

    @BeforeEach
    void specification() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("specs")).resolve("chat.yaml"), """
                apiVersion: prescale.dev/v1alpha1
                kind: PredictiveAutoscaler
                metadata: {name: chat, namespace: inference}
                spec:
                  scaleTargetRef: {name: chat}
                  maxReplicas: 10
                  traffic: {influx: {bucket: b, measurement: m, field: count, tags: {service: chat}, kind: Count}}
                  capacity: {perReplica: {requestRate: 12, targetUtilization: 0.7}}
                """);
    }

    @Test
    void isReadWhileTheServiceHasTheStoreOpenAndEndsWhereItsSamplesDo() {
        StringBuilder lines = new StringBuilder();
        for (int minute = 20; minute < 50; minute++) {
            lines.append("m,service=chat count=120 ")
                    .append(Rates.START.getEpochSecond() + 60 * minute)
                    .append('\n');
        }
        try (SqliteStore service = SqliteStore.open(folder.resolve("data"))) {
            service.samples().write(lines.toString(), SampleSink.Precision.SECONDS, NOW);
            ReplaySource source = read("chat", Duration.ofMinutes(45));
            assertThat(source.trace().name()).isEqualTo("inference/chat");
            assertThat(source.trace().minutes().start()).isEqualTo(Rates.START.plus(Duration.ofMinutes(20)));
            assertThat(source.trace().minutes().rates()).hasSize(30).containsOnly(2);
            assertThat(source.spec().orElseThrow().mode()).isEqualTo(Mode.SCALE);
        }
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThatThrownBy(() -> read("chat", Duration.ofMinutes(45)))
                .isInstanceOf(CommandFault.class)
                .hasMessageContaining("there is no embedded store in");
        assertThatThrownBy(() -> read("chatt", Duration.ofMinutes(45)))
                .hasMessage("PRESCALE_ENDPOINTS has no endpoint inference/chatt; did you mean inference/chat?");
        SqliteStore.open(folder.resolve("data")).close();
        assertThatThrownBy(() -> read("chat", Duration.ofMinutes(45)))
                .hasMessageContaining("inference/chat has no samples from");
        assertThatThrownBy(() -> read("chat", Duration.ofSeconds(-90)))
                .hasMessageContaining("--from must be before --to");
        assertThatThrownBy(() -> read("chat", Duration.ofDays(3_000))).hasMessageContaining("more than 530000 steps");
    }

    private ReplaySource read(String name, Duration back) {
        Map<String, String> values = Map.of(
                "prescale.endpoints", folder.resolve("specs").toString(),
                "prescale.data", folder.resolve("data").toString());
        Settings settings = StartUp.settings(values::get);
        var history = new ReplayOptions.History(new EndpointId("inference", name), now -> now.minus(back), now -> now);
        return new EndpointReplay(settings, NOW, new PrintStream(PrintStream.nullOutputStream()))
                .read(history, Optional.empty());
    }
}
