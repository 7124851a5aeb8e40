package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.adapter.sqlite.SqliteStore;
import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.RevealedHistory;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.Trace;
import dev.prescale.backtest.WorkloadFaults;
import dev.prescale.config.SpecText;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.DecisionSelection;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetListener;
import dev.prescale.control.SampleSink.Precision;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.PackagedApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The digital twin beside the real thing: a day of the packaged service in simulated time, on samples of its embedded store, and
 * a replay of the same trace by the same specification. Both journal a decision whenever anything but its sentences changes, and
 * at the same other times: equal journals are equal decisions in every cycle.
 */
@Tag("e2e")
class TwinIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(180);
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final int HISTORY_DAYS = 9;
    private static final int DAY = 1_440;
    private static final Instant FROM = START.plus(Duration.ofDays(HISTORY_DAYS));
    private static final Instant TO = FROM.plus(Duration.ofDays(1));
    private static final Duration START_TIME = Duration.ofSeconds(90);
    private static final int LEAST_REPLICAS = 2;

    private static final String SPEC = """
            apiVersion: prescale.dev/v1alpha1
            kind: PredictiveAutoscaler
            metadata: {name: shop, namespace: web}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
              mode: Observe
              minReplicas: 2
              maxReplicas: 60
              traffic:
                influx: {bucket: traffic, measurement: http_requests, field: count, tags: {service: shop}, kind: Count}
                step: 60s
                history: 14d
              capacity:
                perReplica: {requestRate: 5, targetUtilization: 0.7}
              predictive:
                leadTime: {initial: 90s, min: 15s, max: 30m}
              behavior:
                scaleDown: {stabilizationWindow: 5m}
            """;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @Test
    void theServiceDecidesAsItsTwinInEveryCycleOfADay() throws Exception {
        long[] counts = counts();
        fillStore(counts);
        List<Journalled> twin;
        List<Journalled> service;
        try (PackagedApplication packaged = startService()) {
            twin = replayed(counts); // while the service is at it
            Instant last = TO.minus(ReplaySetup.DEFAULT_CYCLE);
            await().atMost(LONGEST_WAIT)
                    .ignoreExceptions()
                    .until(() -> Instant.parse(
                                    get("/api/v1/endpoints/web/shop").get("at").asText())
                            .equals(last));
            service = decisionsOfService();
            assertThat(packaged.err()).doesNotContain("ERROR");
        }

        assertThat(service).isEqualTo(twin);
        long cycles = Duration.between(FROM, TO).dividedBy(ReplaySetup.DEFAULT_CYCLE);
        long different = service.stream().map(Journalled::replicas).distinct().count();
        System.out.printf(
                "Twin and service: %d cycles compared, %d journalled decisions equal, %d numbers of replicas%n",
                cycles, service.size(), different);
        // equal journals of a day on which nothing happened would prove little
        assertThat(service).hasSizeGreaterThan(200);
        assertThat(different).isGreaterThan(10);
        assertThat(service)
                .anySatisfy(decision -> assertThat(decision.trail().toString()).contains("Forecast"));
    }

    /** Requests per minute: busy days, quiet nights, noise, two bursts and a hole on the last day. */
    private static long[] counts() {
        SplittableRandom random = new SplittableRandom(7);
        long[] counts = new long[(HISTORY_DAYS + 1) * DAY];
        for (int m = 0; m < counts.length; m++) {
            double day = 1 - Math.cos(2 * Math.PI * m / DAY);
            double burst = m % (3 * DAY) > 700 && m % (3 * DAY) < 720 ? 1.8 : 1;
            counts[m] = Math.round((600 + 2_000 * day) * burst * random.nextDouble(0.9, 1.1));
        }
        return counts;
    }

    /** Minutes 300 to 320 of the last day have no samples. */
    private static boolean isHole(int minute) {
        int last = minute - HISTORY_DAYS * DAY;
        return last >= 300 && last < 320;
    }

    private void fillStore(long[] counts) {
        StringBuilder lines = new StringBuilder();
        for (int m = 0; m < counts.length; m++) {
            if (!isHole(m)) {
                lines.append("http_requests,service=shop count=%di %d%n"
                        .formatted(counts[m], START.plusSeconds(60L * m).getEpochSecond()));
            }
        }
        try (SqliteStore store = SqliteStore.open(folder.resolve("data"))) {
            assertThat(store.samples()
                            .write(lines.toString(), Precision.SECONDS, TO)
                            .badLines())
                    .isEmpty();
        }
    }

    private PackagedApplication startService() throws IOException {
        Path specs = Files.createDirectory(folder.resolve("endpoints"));
        Files.writeString(specs.resolve("shop.yaml"), SPEC);
        port = PackagedApplication.freePort();
        return PackagedApplication.start(
                folder,
                Map.of(
                        "PRESCALE_HTTP_PORT",
                        "" + port,
                        "PRESCALE_DATA",
                        folder.resolve("data").toString(),
                        "PRESCALE_ENDPOINTS",
                        specs.toString(),
                        "PRESCALE_CLOCK_START",
                        FROM.toString(),
                        "PRESCALE_CLOCK_END",
                        TO.toString()),
                "serve");
    }

    private List<Journalled> decisionsOfService() throws Exception {
        List<Journalled> newestFirst = new ArrayList<>();
        String to = TO.toString();
        while (to != null) {
            JsonNode page = get("/api/v1/endpoints/web/shop/decisions?limit=1000&to=" + to);
            page.get("decisions").forEach(decision -> newestFirst.add(Journalled.of(decision)));
            to = page.get("next").isNull() ? null : page.get("next").asText();
        }
        return newestFirst.reversed();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return JSON.readTree(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body());
    }

    private static List<Journalled> replayed(long[] counts) {
        double[] rates = new double[counts.length];
        for (int m = 0; m < rates.length; m++) {
            rates[m] = isHole(m) ? Double.NaN : counts[m];
        }
        Trace trace = new Trace("shop", RateSeries.ofCounts(START, Trace.MINUTE, rates));
        EndpointSpec spec = Objects.requireNonNull(
                SpecText.read("shop.yaml", SPEC).documents().getFirst().spec());
        var endpoint = new ReplaySetup.Endpoint(trace, spec, StartTime.constant(START_TIME));
        var setup = new ReplaySetup(List.of(endpoint), FROM, TO, ReplaySetup.DEFAULT_CYCLE, WorkloadFaults.NONE, 1);
        var journal = new InMemoryDecisionLog();
        new Replay(setup, List.of(new Twin(journal)), Replay.Listener.NONE).run();
        List<DecisionRecord> newestFirst =
                journal.page(spec.id(), new DecisionSelection(FROM, TO, Set.of(), false), Integer.MAX_VALUE);
        return newestFirst.reversed().stream().map(Journalled::of).toList();
    }

    /** The production cycle with a journal, on as many replicas as a shadow begins with. */
    private record Twin(InMemoryDecisionLog journal) implements ReplayPolicy {
        @Override
        public String name() {
            return PRESCALE;
        }

        @Override
        public int initialReplicas(ReplaySetup setup, ReplaySetup.Endpoint endpoint) {
            return LEAST_REPLICAS;
        }

        @Override
        public Controller control(ReplaySetup setup, WorkloadScale workloads) {
            var shared = ModelSource.of(StartUp.settings(name -> null));
            var ports = new Fleet.Ports(new RevealedHistory(setup), workloads, journal, FleetListener.NONE);
            Fleet fleet = new Fleet(ports, Brains.production(shared), setup.cycle());
            fleet.replaceSpecs(setup.specs(), setup.from());
            return fleet::runCycle;
        }
    }

    /** What of a decision is compared: everything but who carried it out. */
    private record Journalled(
            Instant at, double rate, int ready, int current, int recommended, int replicas, List<String> trail) {
        static Journalled of(JsonNode json) {
            List<String> trail = new ArrayList<>();
            json.get("trail")
                    .forEach(entry -> trail.add(entry.get("code").asText() + " "
                            + entry.get("rule").asText() + " " + entry.get("from") + " " + entry.get("to") + " "
                            + entry.get("message").asText()));
            return new Journalled(
                    Instant.parse(json.get("at").asText()),
                    json.get("requestRate").asDouble(Double.NaN),
                    json.get("readyReplicas").asInt(),
                    json.get("currentReplicas").asInt(),
                    json.get("recommended").asInt(),
                    json.get("replicas").asInt(),
                    trail);
        }

        static Journalled of(DecisionRecord record) {
            ScalingDecision decision = record.decision();
            return new Journalled(
                    record.at(),
                    record.requestRate(),
                    record.readyReplicas(),
                    decision.currentReplicas(),
                    decision.recommended(),
                    decision.replicas(),
                    decision.trail().stream().map(Journalled::entry).toList());
        }

        private static String entry(Reason reason) {
            return reason.code().wireName() + " " + reason.rule() + " " + reason.from() + " " + reason.to() + " "
                    + reason.message();
        }
    }
}
