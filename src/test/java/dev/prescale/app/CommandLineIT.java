package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.testing.DailyCycle;
import dev.prescale.testing.PackagedApplication;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged commands: results on standard output, one line for what a user can mend, exit codes 0, 1, 2. */
class CommandLineIT {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void demoPrintsTheScorecardsAsJson() throws Exception {
        String trace = DailyCycle.csv(folder, 2).toString();
        String[] arguments = {"demo", "--trace", trace, "--warm-up", "P1D", "--days", "1", "--json"};

        String result;
        try (var run = PackagedApplication.start(folder, Map.of(), arguments)) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            result = run.out();
        }
        JsonNode card = new ObjectMapper().readTree(result).get(0);
        assertThat(card.get("trace").asText()).isEqualTo("shop");
        assertThat(card.get("from").asText()).isEqualTo("2024-01-02T00:00:00Z");
        assertThat(card.get("leadTime").asText()).isEqualTo("PT3M15S");
        assertThat(card.get("scorecard").findValuesAsText("policy"))
                .containsExactly("oracle", "hpa", "hpa@0.5", "hpa@0.9", "prescale");
        assertThat(leftovers()).isEmpty();

        try (var again = PackagedApplication.start(folder, Map.of(), arguments)) {
            assertThat(again.exitCode()).isZero();
            assertThat(again.out()).isEqualTo(result);
        }
    }

    @Test
    void demoNamesEveryFaultOfATraceByItsLine() throws Exception {
        Path broken = folder.resolve("broken.csv");
        Files.writeString(broken, "timestamp,value\n2024-01-01T00:00:00Z,1\n2024-01-01T00:00:00Z,2\nyesterday,3\n");

        try (var run = PackagedApplication.start(folder, Map.of(), "demo", "--trace", broken.toString(), "--exit")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("broken.csv:3: ", "broken.csv:4: ").doesNotContain("\tat ");
        }
    }

    @Test
    void badUsageIsSaidAndEndsWithTwo() throws Exception {
        try (var run = PackagedApplication.start(folder, Map.of(), "demo", "--days", "0", "--exit")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().strip()).isEqualTo("prescale: --days must be 1 to 1000, was 0");
        }
        try (var run = PackagedApplication.start(folder, Map.of(), "prescale-this")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("prescale-this");
        }
    }

    @Test
    void crdPrintsTheDefinitionOfTheCustomResource() throws Exception {
        try (var run = PackagedApplication.start(folder, Map.of(), "crd")) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo(Files.readString(Path.of("k8s/base/crd.yaml")));
        }
    }

    @Test
    void validateNamesEveryFaultWithItsLine() throws Exception {
        Path good = Path.of("k8s/examples/chat.yaml").toAbsolutePath();
        Path bad = Files.writeString(
                folder.resolve("bad.yaml"),
                Files.readString(good).replaceFirst("(?m)^  minReplicas:.*$", "  minReplicas: 99\n  minReplica: 1"));

        try (var run = PackagedApplication.start(folder, Map.of(), "validate", good.toString())) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out().strip()).isEqualTo("1 file, no faults");
        }
        try (var run = PackagedApplication.start(folder, Map.of(), "validate", bad.toString())) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .contains("spec.minReplicas: ", "spec.minReplica: ")
                    .containsPattern("bad.yaml:\\d+: spec")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void fitWritesAModelAndItsCardOrNamesEveryFaultyFile() throws Exception {
        Path traces = Files.createDirectory(folder.resolve("traces"));
        for (String name : new String[] {"chat", "shop"}) {
            StringBuilder csv = new StringBuilder("timestamp,value\n");
            for (int t = 0; t < 5 * 288; t++) {
                csv.append(START.plusSeconds(300L * t))
                        .append(',')
                        .append(100 + t % 288 + t % 7)
                        .append('\n');
            }
            Files.writeString(traces.resolve(name + ".csv"), csv);
        }
        try (var run = PackagedApplication.start(
                folder, Map.of(), "fit", traces.toString(), "--quick", "--name", "mine", "--json")) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(new ObjectMapper().readTree(run.out()).get("file").asText())
                    .isEqualTo("models/mine.json");
        }
        assertThat(folder.resolve("models/mine.json")).isNotEmptyFile();
        assertThat(folder.resolve("models/mine.md")).content().contains("# Shared model mine");

        Files.writeString(traces.resolve("broken.csv"), "timestamp,value\nyesterday,3\n");
        try (var run = PackagedApplication.start(folder, Map.of(), "fit", traces.toString(), "--name", "other")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains("broken.csv:2: ", "1 of 3 traces cannot be used")
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("models/other.json")).doesNotExist();
    }

    @Test
    void explainWithoutAServiceIsOneLineAndOneAndBadUsageIsTwo() throws Exception {
        String nobody = "http://127.0.0.1:" + PackagedApplication.freePort();
        try (var run = PackagedApplication.start(folder, Map.of("PRESCALE_URL", nobody), "explain", "shop/web")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().strip())
                    .startsWith("prescale: no service can be reached at " + nobody)
                    .hasLineCount(1);
        }
        try (var run = PackagedApplication.start(folder, Map.of(), "explain", "shop")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().strip())
                    .isEqualTo("prescale: the endpoint must be namespace/name such as shop/web, was 'shop'");
        }
    }

    @Test
    void aPortInUseIsOneLineAndOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Map<String, String> environment = Map.of("PRESCALE_HTTP_PORT", "" + taken.getLocalPort());
            for (String command : new String[] {"serve", "demo"}) {
                try (var run = PackagedApplication.start(folder, environment, command)) {
                    assertThat(run.exitCode()).isEqualTo(1);
                    assertThat(run.err().strip())
                            .isEqualTo("prescale: port %d is in use. Set PRESCALE_HTTP_PORT to a free one."
                                    .formatted(taken.getLocalPort()));
                }
            }
        }
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsOneLineAndOne() throws Exception {
        Path file = Files.writeString(folder.resolve("occupied"), "a file where a folder should be");
        Map<String, String> environment =
                Map.of("PRESCALE_DATA", file.toString(), "PRESCALE_HTTP_PORT", "" + PackagedApplication.freePort());

        try (var run = PackagedApplication.start(folder, environment, "serve")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err().strip())
                    .startsWith("prescale: the data folder ")
                    .hasLineCount(1);
        }
    }

    @Test
    void badSettingsAreAllNamed() throws Exception {
        Map<String, String> environment =
                Map.of("PRESCALE_HTTP_PORT", "eighty", "PRESCALE_INFLUX_URL", "ftp://x", "PRESCALE_INFLUX_ORG", "o");

        try (var run = PackagedApplication.start(folder, environment, "serve")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .contains("PRESCALE_HTTP_PORT", "PRESCALE_INFLUX_URL")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void anInterruptedDemoLeavesNothingBehind() throws Exception {
        Map<String, String> environment = Map.of("PRESCALE_HTTP_PORT", "" + PackagedApplication.freePort());
        String[] arguments = {"demo", "--trace", DailyCycle.csv(folder, 3).toString(), "--warm-up", "P1D"};

        try (var run = PackagedApplication.start(folder, environment, arguments)) {
            await().atMost(Duration.ofSeconds(120)).until(() -> run.out().contains("req/s") || !run.isAlive());
            run.interrupt();

            assertThat(run.exitCode()).isNotZero();
            assertThat(run.out() + run.err()).doesNotContain("\tat ");
        }
        assertThat(leftovers()).isEmpty();
    }

    /** What a demo keeps while it runs, and the folder of the service. */
    private Stream<String> leftovers() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith("prescale-demo-") || name.equals("data"))
                    .toList()
                    .stream();
        }
    }
}
