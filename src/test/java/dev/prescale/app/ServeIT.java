package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.backtest.Backtest;
import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.BacktestWatch;
import dev.prescale.backtest.Parallel;
import dev.prescale.backtest.Replay;
import dev.prescale.config.BacktestRequest;
import dev.prescale.config.BacktestRequestReader;
import dev.prescale.config.ReadResult;
import dev.prescale.config.StrictJson;
import dev.prescale.control.Fleet;
import dev.prescale.testing.NoTraces;
import dev.prescale.testing.PackagedApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service: samples in, decisions out, faulty specifications refused, gone when told to go. */
class ServeIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(120);

    private static final String SPEC = """
            apiVersion: prescale.dev/v1alpha1
            kind: PredictiveAutoscaler
            metadata: {name: chat, namespace: inference}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
              minReplicas: 1
              maxReplicas: %s
              traffic:
                influx: {bucket: traffic, measurement: http_requests, field: count, tags: {service: chat}, kind: Count}
                step: 60s
                history: 7d
              capacity:
                perReplica: {requestRate: 10, targetUtilization: 1.0}
            """;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Path specs;
    private PackagedApplication service;
    private int port;

    @BeforeEach
    void start() throws IOException {
        specs = Files.createDirectory(folder.resolve("endpoints"));
        Files.writeString(specs.resolve("chat.yaml"), SPEC.formatted("20"));
        port = PackagedApplication.freePort();
        service = PackagedApplication.start(
                folder,
                Map.of(
                        "PRESCALE_HTTP_PORT",
                        "" + port,
                        "PRESCALE_DATA",
                        folder.resolve("data").toString(),
                        "PRESCALE_ENDPOINTS",
                        specs.toString(),
                        "PRESCALE_CYCLE_INTERVAL",
                        "1s"),
                "serve");
        await().atMost(LONGEST_WAIT)
                .ignoreExceptions()
                .until(() -> get("/q/health/ready").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void samplesBecomeDecisionsAndAFaultySpecificationChangesNothing() throws Exception {
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        StringBuilder lines = new StringBuilder();
        for (int k = 1; k <= 10; k++) {
            lines.append("http_requests,service=chat count=2640i ")
                    .append(minute.minusSeconds(60L * k).getEpochSecond())
                    .append('\n');
        }
        HttpResponse<String> written = client.send(
                HttpRequest.newBuilder(uri("/api/v1/samples?precision=s"))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(lines.toString()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(written.statusCode()).as(written.body()).isEqualTo(204);

        await().atMost(LONGEST_WAIT).until(() -> recommendedReplicas() == 5); // 44 req/s at 10 each
        JsonNode latest = JSON.readTree(
                get("/api/v1/endpoints/inference/chat/decisions/latest").body());
        assertThat(latest.get("acted").asBoolean()).isFalse();
        assertThat(latest.get("mode").asText()).isEqualTo("Observe");
        assertThat(get("/q/metrics").body())
                .containsPattern("prescale_signal_replicas\\{namespace=\"inference\",endpoint=\"chat\",?} 5\\.0");

        explainsWhatWasDecided();

        Files.writeString(specs.resolve("chat.yaml"), SPEC.formatted("zero"));
        await().atMost(LONGEST_WAIT).until(() -> (service.out() + service.err()).contains("spec.maxReplicas"));
        assertThat(JSON.readTree(get("/api/v1/endpoints").body())
                        .get("specificationFaults")
                        .get(0)
                        .asText())
                .startsWith("chat.yaml")
                .contains("spec.maxReplicas");
        assertThat(get("/api/v1/endpoints/inference/chat").statusCode()).isEqualTo(200);
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);

        service.terminate();
        assertThat(service.exitCode()).isIn(0, 143);
    }

    private void explainsWhatWasDecided() throws Exception {
        String url = "http://127.0.0.1:" + port;
        Path own = Files.createDirectory(folder.resolve("explain"));
        try (var run = PackagedApplication.start(
                own, Map.of("PRESCALE_URL", url), "explain", "inference/chat", "--last", "50")) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out())
                    .contains("  inference/chat  ")
                    .contains("44.0 req/s need 5 replicas at 10.0 req/s each [TargetTracking]")
                    .contains("(not carried out: mode Observe decides and journals only)");
        }
        try (var run = PackagedApplication.start(
                own, Map.of(), "explain", "inference/chat", "--url", url, "--changed", "--json")) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(JSON.readTree(run.out()).get("decisions"))
                    .isNotEmpty()
                    .allSatisfy(decision ->
                            assertThat(decision.get("action").asText()).isEqualTo("ScaleTo"));
        }
        try (var run = PackagedApplication.start(own, Map.of("PRESCALE_URL", url), "explain", "inference/chart")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().strip())
                    .isEqualTo("prescale: there is no endpoint inference/chart at %s; did you mean inference/chat?"
                            .formatted(url));
        }
    }

    @Test
    void thePageTheMetersAndTheApiTextAreServed() throws Exception {
        assertThat(get("/").body()).contains("<title>Prescale");
        assertThat(get("/q/metrics").body()).contains("prescale_endpoints");
        assertThat(get("/q/openapi").body())
                .contains("/api/v1/backtests", "/api/v1/forecast", "/api/v1/preview", "/api/v1/samples");
        assertThat(get("/q/swagger-ui/").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/demo").statusCode()).isEqualTo(204);
    }

    /** Two days to learn from and one to replay, by chance and with the policies that are the default. */
    @Test
    void aBacktestThatIsFollowedHasTheResultOfTheSameBacktestInThisProcess() throws Exception {
        String body = """
                {"trace": {"name": "shop", "start": "2024-01-01T00:00:00Z", "step": "PT10M", "unit": "count", "values": [%s]},
                 "simulation": {"seed": 3, "startTime": {"median": "PT90S", "p90": "PT3M"}, "warmUp": "P2D", "cycle": "PT1M"}}""".formatted(IntStream.range(0, 3 * 144)
                .mapToObj(k -> Long.toString(Math.round(9_000 - 6_000 * Math.cos(2 * Math.PI * k / 144))))
                .collect(Collectors.joining(",")));
        HttpResponse<String> taken = client.send(
                HttpRequest.newBuilder(uri("/api/v1/backtests"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        String location = taken.headers().firstValue("Location").orElseThrow();

        List<String> events = client.send(
                        HttpRequest.newBuilder(URI.create(location + "/events")).build(), BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("event:") || line.startsWith("data:"))
                .toList();
        JsonNode last = JSON.readTree(events.getLast().substring("data:".length()));
        assertThat(events.get(events.size() - 2)).isEqualTo("event:done");

        JsonNode asked = JSON.readTree(
                client.send(HttpRequest.newBuilder(URI.create(location)).build(), BodyHandlers.ofString())
                        .body());
        JsonNode here = JSON.readTree(ScorecardJson.of(backtested(body), Optional.empty()));
        assertThat(asked).isEqualTo(last);
        assertThat(((ObjectNode) asked).remove(List.of("id", "status", "progress")))
                .isEqualTo(here);
        assertThat(here.get("scorecard")).hasSize(4);
    }

    private static BacktestResult backtested(String body) {
        BacktestRequest request = ((ReadResult.Valid<BacktestRequest>)
                        new BacktestRequestReader(new CheckoutDatasets(Path.of(".")), new NoTraces())
                                .read(((ReadResult.Valid<JsonNode>) StrictJson.parse(body)).value()))
                .value();
        Fleet.Brain brain = Brains.production(ModelSource.of(StartUp.settings(name -> null)));
        return new Backtest(
                        request.setup(),
                        BacktestPolicies.of(request.policies(), brain),
                        Parallel.IN_TURN,
                        BacktestWatch.NONE)
                .run(policy -> Replay.Listener.NONE)
                .orElseThrow();
    }

    private int recommendedReplicas() throws IOException, InterruptedException {
        return JSON.readTree(get("/api/v1/endpoints/inference/chat").body())
                .path("recommendedReplicas")
                .asInt(-1);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
