package dev.prescale.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.testing.PackagedApplication;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * What who asks for a forecast waits for: {@code GET .../forecast} of one endpoint after the other by a fixed schedule, on loopback, from
 * the packaged service that runs a fleet on its own store. Client and server share the processors there are.
 *
 * <pre>
 * make bench-queries                        # 1,000 endpoints, 500 queries per second
 * make bench-queries ENDPOINTS=200 QUERIES=1000
 * </pre>
 */
public final class QueryBenchmark {
    private static final int WARM_UP_SECONDS = 30;
    private static final int SECONDS = 60;
    private static final int DAYS = 14;
    private static final int STEP_SECONDS = 600;
    private static final int STEPS = DAYS * 86_400 / STEP_SECONDS;

    /** Below the 16 MiB that the service takes at a time. */
    private static final int MOST_CHARACTERS = 12_000_000;

    private static final long LONGEST_START_SECONDS = 600;

    private static final List<String> QUERIES = List.of(
            "",
            "?horizon=PT24H&step=PT1H",
            "?horizon=PT1H&step=PT5M&quantiles=0.5,0.9,0.95",
            "?horizon=PT48H&quantiles=0.5");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int endpoints;
    private final URI api;

    private QueryBenchmark(int endpoints, int port) {
        this.endpoints = endpoints;
        this.api = URI.create("http://127.0.0.1:%d/api/v1/".formatted(port));
    }

    /** @param arguments number of endpoints and queries per second; none for 1,000 and 500 */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int endpoints = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
        Path folder = Files.createTempDirectory("prescale-queries");
        int port = PackagedApplication.freePort();
        Map<String, String> environment = Map.of(
                "PRESCALE_HTTP_PORT",
                "" + port,
                "PRESCALE_DATA",
                folder.resolve("data").toString(),
                "PRESCALE_ENDPOINTS",
                specifications(folder, endpoints).toString(),
                "PRESCALE_KUBERNETES",
                "off");
        try (PackagedApplication service = PackagedApplication.start(folder, environment, "serve")) {
            String table = new QueryBenchmark(endpoints, port).run(rate);
            System.out.print(table);
            String store = System.getProperty("prescale.bench.store", "");
            if (!store.isEmpty()) {
                Benchmarks.StoredText.replace(Path.of(store), "queries", table);
            }
        }
    }

    private static Path specifications(Path folder, int endpoints) throws IOException {
        Path specs = Files.createDirectories(folder.resolve("specs"));
        for (int k = 0; k < endpoints; k++) {
            Files.writeString(specs.resolve("e%d.yaml".formatted(k)), """
                    apiVersion: prescale.dev/v1alpha1
                    kind: PredictiveAutoscaler
                    metadata: {name: e%1$d, namespace: bench}
                    spec:
                      scaleTargetRef: {kind: Deployment, name: e%1$d}
                      minReplicas: 1
                      maxReplicas: 200
                      traffic: {influx: {bucket: traffic, measurement: http_requests, field: count, tags: {service: e%1$d}, kind: Count}, step: %2$ds, history: 14d}
                      capacity: {perReplica: {requestRate: 2, targetUtilization: 0.7}}
                    """.formatted(k, STEP_SECONDS));
        }
        return specs;
    }

    private String run(int rate) throws IOException, InterruptedException {
        await("the service to answer", this::isUp);
        writeHistory();
        await("forecasts of all endpoints", this::isForecast);
        PacedLoad.run(rate, WARM_UP_SECONDS, this::ask);
        PacedLoad.Measured measured = PacedLoad.run(rate, SECONDS, this::ask);
        return """
                %s

                %,d endpoints with %d days at a step of ten minutes; %,d queries per second for %d s, cycles every 15 s beside them.

                | queries/s | p50 ms | p99 ms | p99.9 ms | most ms | failures |
                |--:|--:|--:|--:|--:|---|
                | %s |
                """.formatted(Machine.line(), endpoints, DAYS, rate, SECONDS, measured.row());
    }

    private void ask(int number, PacedLoad.Call call) {
        // neighbors in time are neighbors neither in the fleet nor in what is asked
        String endpoint = "endpoints/bench/e%d/forecast".formatted(number * 7L % endpoints);
        String query = QUERIES.get(number % QUERIES.size());
        client.sendAsync(HttpRequest.newBuilder(api.resolve(endpoint + query)).build(), BodyHandlers.ofByteArray())
                .whenComplete((answer, fault) -> {
                    if (fault != null) {
                        call.failed(fault.getClass().getSimpleName());
                    } else if (answer.statusCode() != 200) {
                        call.failed("status " + answer.statusCode());
                    } else {
                        call.answered();
                    }
                });
    }

    private void writeHistory() throws IOException, InterruptedException {
        long end = Instant.now().getEpochSecond() / STEP_SECONDS;
        StringBuilder lines = new StringBuilder();
        for (int k = 0; k < endpoints; k++) {
            for (long step = end - STEPS; step < end; step++) {
                lines.append("http_requests,service=e%d count=%.0f %d%n"
                        .formatted(k, DrawnHistory.count(k, step, 86_400 / STEP_SECONDS), step * STEP_SECONDS));
            }
            if (lines.length() > MOST_CHARACTERS || k == endpoints - 1) {
                write(lines.toString());
                lines.setLength(0);
            }
        }
    }

    private void write(String lines) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve("samples?precision=s"))
                .POST(BodyPublishers.ofString(lines))
                .build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 204) {
            throw new IllegalStateException("samples were answered with " + status);
        }
    }

    private boolean isUp() throws IOException, InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(api.resolve("endpoints")).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (ConnectException notYet) {
            return false;
        }
    }

    private boolean isForecast() throws IOException, InterruptedException {
        JsonNode fleet = json.readTree(
                client.send(HttpRequest.newBuilder(api.resolve("endpoints")).build(), BodyHandlers.ofByteArray())
                        .body());
        return StreamSupport.stream(fleet.path("endpoints").spliterator(), false)
                        .filter(endpoint -> !endpoint.path("nextPeak").isNull())
                        .count()
                == endpoints;
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(String what, Condition condition) throws IOException, InterruptedException {
        for (long second = 0; !condition.holds(); second++) {
            if (second > LONGEST_START_SECONDS) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }
}
