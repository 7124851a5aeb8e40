package dev.prescale.bench;

import dev.prescale.adapter.sqlite.SqliteStore;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.DecisionSelection;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Mode;
import dev.prescale.scaling.Proposal;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the journal of a large fleet costs: {@code mvn -q test-compile}, then {@code java -cp} the test classes, classes and
 * libraries, {@code dev.prescale.bench.JournalMeasure ENDPOINTS CYCLES}.
 */
public final class JournalMeasure {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private JournalMeasure() {}

    public static void main(String... args) throws IOException {
        int endpoints = Integer.parseInt(args[0]);
        int cycles = Integer.parseInt(args[1]);
        Path folder = Files.createTempDirectory("prescale-journal-");
        try {
            measure(folder, endpoints, cycles);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.toList().reversed()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void measure(Path folder, int endpoints, int cycles) throws IOException {
        try (SqliteStore store = SqliteStore.open(folder)) {
            for (int cycle = 0; cycle < cycles; cycle++) {
                Instant at = START.plusSeconds(15L * cycle);
                List<DecisionRecord> records = IntStream.range(0, endpoints)
                        .mapToObj(k -> decision(new EndpointId("bench", "endpoint-" + k), at, k))
                        .toList();
                time(
                        "cycle %d: %d decisions journalled".formatted(cycle, endpoints),
                        () -> store.decisions().append(records));
            }
            Path file = folder.resolve("prescale.db");
            System.out.printf("%d bytes of file per decision%n", Files.size(file) / ((long) endpoints * cycles));
            EndpointId one = new EndpointId("bench", "endpoint-7");
            var never = new DecisionSelection(START, Instant.MAX, Set.of(ReasonCode.FALLBACK), false);
            time("a page of one endpoint", () -> store.decisions().page(one, START, Instant.MAX, 100));
            time("a page of a code that never was", () -> store.decisions().page(one, never, 100));
            time(
                    "pruning where nothing is to be pruned",
                    () -> store.decisions().prune(START, 20_000));
            time(
                    "pruning of half",
                    () -> System.out.println(store.decisions().prune(START.plusSeconds(15L * (cycles / 2)), 20_000)));
        }
    }

    private static void time(String what, Runnable work) {
        long began = System.nanoTime();
        work.run();
        System.out.printf("%s: %.1f ms%n", what, (System.nanoTime() - began) / 1e6);
    }

    /** As long as decisions mostly are: three rules asked, two entries in the trail. */
    private static DecisionRecord decision(EndpointId endpoint, Instant at, int k) {
        List<Proposal> proposals = List.of(
                Proposal.abstained("requestRate", "ForecastTrusted", null),
                Proposal.of("presentLoad", 18, "173.4 req/s need 18 replicas at 10.0 req/s each at full capacity"),
                Proposal.of(
                        "forecast",
                        21,
                        "up to 203.1 req/s need 21 replicas at 10.0 req/s each until what is ordered now serves, 2 min ahead (quantile 0.95)"));
        List<Reason> trail = List.of(
                new Reason(
                        ReasonCode.FORECAST_PRE_SCALE,
                        "forecast",
                        22,
                        21,
                        "up to 74.4 req/s need 21 replicas at 3.6 req/s each until what is ordered now serves, 3 min ahead (quantile 0.95)"),
                new Reason(
                        ReasonCode.SCALE_DOWN_STABILIZED,
                        "scaleDown",
                        21,
                        22,
                        "as many as 22 replicas were recommended within the last 5 min, so that scale-down waits"));
        ScalingDecision decision = new ScalingDecision(22, 22, 21, proposals, trail);
        return new DecisionRecord(at, endpoint, Mode.OBSERVE, decision, false, "nothing to do", 60 + k / 7.0, 22);
    }
}
