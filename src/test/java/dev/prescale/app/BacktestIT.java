package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.testing.DailyCycle;
import dev.prescale.testing.PackagedApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command: its files are there as a whole or not at all. */
@Tag("e2e")
class BacktestIT {
    @TempDir
    Path folder;

    @Test
    void printsTheResultAndWritesItsFiles() throws Exception {
        String[] arguments = {
            "backtest",
            DailyCycle.csv(folder, 2).toString(),
            "--warm-up",
            "1d",
            "--cycle",
            "1m",
            "--policies",
            "oracle,hpa,prescale",
            "--decisions",
            "d.csv",
            "--report",
            "r.html",
            "--chart",
            "c.svg",
            "--json"
        };
        try (var run = PackagedApplication.start(folder, Map.of(), arguments)) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            JsonNode result = new ObjectMapper().readTree(run.out());
            assertThat(result.fieldNames())
                    .toIterable()
                    .containsExactly("trace", "seed", "from", "to", "leadTime", "scorecard", "equalService", "advice");
            assertThat(result.get("leadTime").asText()).isEqualTo("PT4M");
            assertThat(result.get("scorecard").findValuesAsText("policy")).containsExactly("oracle", "hpa", "prescale");
            assertThat(result.get("equalService").get(0).fieldNames())
                    .toIterable()
                    .containsExactly("policy", "violationMinutes", "replicaHours");
            assertThat(run.err()).contains("backtest: 10 %", "backtest: 100 %");
        }
        List<String> rows = Files.readAllLines(folder.resolve("d.csv"));
        assertThat(rows).hasSize(1 + 3 * 1_440).startsWith("timestamp,policy,demand,desired,ready");
        assertThat(rows.get(1)).startsWith("2024-01-02T00:00:00Z,oracle,");
        assertThat(rows.get(1_441)).startsWith("2024-01-02T00:00:00Z,hpa,");
        assertThat(rows.get(4_320)).startsWith("2024-01-02T23:59:00Z,prescale,");
        assertThat(folder.resolve("r.html")).content().contains("uPlot", "prescale backtest ");
        assertThat(folder.resolve("c.svg")).content().startsWith("<svg").endsWith("</svg>\n");
        assertThat(files()).containsExactly("c.svg", "d.csv", "err", "out", "r.html", "shop.csv");
    }

    @Test
    void badInputIsTwoAndAFileThatWasThereStays() throws Exception {
        Files.writeString(folder.resolve("d.csv"), "before");
        String[] arguments = {"backtest", DailyCycle.csv(folder, 2).toString(), "--decisions", "d.csv"};
        try (var run = PackagedApplication.start(folder, Map.of(), arguments)) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().strip())
                    .startsWith("prescale: trace shop has 2 d, ")
                    .endsWith("such as 32h");
        }
        assertThat(folder.resolve("d.csv")).hasContent("before");
        assertThat(files()).containsExactly("d.csv", "err", "out", "shop.csv");
    }

    @Test
    void ctrlCIsACleanEnd() throws Exception {
        String[] arguments = {
            "backtest", DailyCycle.csv(folder, 20).toString(), "--policies", "all", "--decisions", "d.csv"
        };
        try (var run = PackagedApplication.start(folder, Map.of(), arguments)) {
            await().atMost(Duration.ofSeconds(120)).until(() -> run.err().contains("10 %") || !run.isAlive());
            run.interrupt();
            assertThat(run.exitCode()).isEqualTo(StoppableWork.INTERRUPTED);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).endsWith("prescale: stopped, nothing was written%n".formatted());
        }
        assertThat(files()).containsExactly("err", "out", "shop.csv");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith("hsperf") && !name.startsWith("vertx"))
                    .sorted()
                    .toList();
        }
    }
}
