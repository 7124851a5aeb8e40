package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.config.SpecText;
import dev.prescale.testing.DailyCycle;
import dev.prescale.testing.PackagedApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command: a specification that validates, or none. */
@Tag("e2e")
class TuneIT {
    @TempDir
    Path folder;

    @Test
    void writesASpecificationThatValidatesAndKeepsTheRestOfTheFile() throws Exception {
        String[] arguments = {
            "tune",
            DailyCycle.csv(folder, 3).toString(),
            "--spec",
            spec().toString(),
            "--warm-up",
            "1d",
            "--cycle",
            "5m",
            "--folds",
            "2",
            "--replays",
            "10",
            "--out",
            "r.yaml",
            "--json"
        };
        String first;
        try (var run = PackagedApplication.start(folder, Map.of(), arguments)) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            first = run.out();
        }
        JsonNode result = new ObjectMapper().readTree(first);
        assertThat(result.get("complete").asBoolean()).isTrue();
        assertThat(result.get("replays").asInt()).isEqualTo(10);
        assertThat(result.at("/heldOut/folds")).hasSize(2);
        String written = Files.readString(folder.resolve("r.yaml"));
        assertThat(result.get("specification").asText()).isEqualTo(written);
        assertThat(written).contains("# of the shop").contains("holidays: DE   # public ones");
        assertThat(SpecText.read("r.yaml", written).faults()).isEmpty();
    }

    @Test
    void tooFewDaysAreBadInputAndWriteNothing() throws Exception {
        String[] arguments = {"tune", DailyCycle.csv(folder, 3).toString(), "--warm-up", "1d", "--out", "r.yaml"};
        try (var run = PackagedApplication.start(folder, Map.of(), arguments)) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains("shop cannot be tuned on: 4 blocks of a day or more do not fit", "at most 2 folds do");
        }
        assertThat(folder.resolve("r.yaml")).doesNotExist();
    }

    @Test
    void whatIsInterruptedWritesTheBestSoFar() throws Exception {
        String[] arguments = {
            "tune",
            DailyCycle.csv(folder, 9).toString(),
            "--spec",
            spec().toString(),
            "--warm-up",
            "1d",
            "--cycle",
            "1m",
            "--folds",
            "2",
            "--out",
            "r.yaml"
        };
        try (var run = PackagedApplication.start(folder, Map.of(), arguments)) {
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> !run.isAlive() || run.err().contains("tune: 10 %"));
            run.interrupt();
            assertThat(run.exitCode()).as(run.err()).isEqualTo(130);
            assertThat(run.out()).contains("Stopped after ", "settings that no others beat");
        }
        assertThat(SpecText.read("r.yaml", Files.readString(folder.resolve("r.yaml")))
                        .faults())
                .isEmpty();
    }

    private Path spec() throws Exception {
        return Files.writeString(folder.resolve("s.yaml"), """
                # of the shop
                apiVersion: prescale.dev/v1alpha1
                kind: PredictiveAutoscaler
                metadata: {name: shop}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
                  maxReplicas: 50
                  traffic:
                    influx: {bucket: traffic, measurement: requests, field: count, kind: Count}
                    step: 60s
                  capacity:
                    perReplica: {requestRate: 2}
                  predictive:
                    holidays: DE   # public ones
                """);
    }
}
