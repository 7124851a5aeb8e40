package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.testing.PackagedApplication;
import dev.prescale.testing.Requirement;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service as recommender, asked by a Go program with the messages that Datadog's controller is made with. */
@Tag("e2e")
class RecommenderIT {
    private static final Path PROGRAM = Path.of("e2e/recommender");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SPEC = """
            apiVersion: prescale.dev/v1alpha1
            kind: PredictiveAutoscaler
            metadata: {name: chat-of-all, namespace: inference}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
              minReplicas: 1
              maxReplicas: 20
              traffic:
                influx: {bucket: traffic, measurement: http_requests, field: count, tags: {service: chat}, kind: Count}
                step: 60s
              capacity:
                perReplica: {requestRate: 10, targetUtilization: 1.0}
            """;

    @TempDir
    static Path folder;

    private static Path asking;
    private static PackagedApplication service;
    private static int port;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        asking = compiled();
        Path specs = Files.createDirectory(folder.resolve("endpoints"));
        Files.writeString(specs.resolve("chat.yaml"), SPEC);
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
                        "PRESCALE_KUBERNETES",
                        "off",
                        "PRESCALE_CYCLE_INTERVAL",
                        "1s"),
                "serve");
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> write(0) == 204);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void theControllerIsToldReplicasBoundsAndWhy() throws Exception {
        write(2640);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> ask("--name", "chat", "--target-type", "replicas").startsWith("{"));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> JSON.readTree(ask("--name", "chat", "--api-version", "apps/v1"))
                                .get("Replicas")
                                .asInt()
                        == 5); // 44 req/s at 10 each

        JsonNode told = JSON.readTree(ask("--name", "chat", "--target-type", "replicas", "--max", "4"));

        assertThat(told.get("Replicas").asInt()).isEqualTo(4);
        assertThat(told.get("LowerBound").asInt()).isLessThanOrEqualTo(4);
        assertThat(told.get("UpperBound").asInt()).isEqualTo(4);
        assertThat(told.get("Observed").asDouble()).isEqualTo(5);
        assertThat(told.get("Reason").asText())
                .startsWith("5 replicas for inference/chat-of-all: no forecast to act on")
                .endsWith("; 44.0 req/s need 5 replicas at 10.0 req/s each; 4 within the constraints of the request");
        assertThat(Instant.parse(told.get("Timestamp").asText()))
                .isAfter(Instant.now().minusSeconds(60));
        assertThat(ask("--name", "", "--endpoint", "chat-of-all")).startsWith("{");
    }

    @Test
    void theControllerLogsTheSentenceOfAFault() throws Exception {
        assertThat(ask("--name", "shop"))
                .isEqualTo("error 404: No endpoint in namespace inference has Deployment shop as its scaleTargetRef;"
                        + " settings.endpoint can name one.");
        assertThat(ask("--name", "chat", "--min", "5", "--max", "4"))
                .isEqualTo("error 422: constraints.minReplicas must be at most maxReplicas, which is 4, was 5");
        assertThat(ask("--name", "chat", "--endpoint", "x".repeat(70_000)))
                .startsWith("status 413: {")
                .contains("\"title\":\"Request Entity Too Large\"");
    }

    /** What the program says, whichever way it ends. */
    private static String ask(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                asking.toString(),
                "--url",
                "http://127.0.0.1:%d/api/v1/recommendation".formatted(port),
                "--namespace",
                "inference"));
        command.addAll(List.of(options));
        return run(folder, command).strip();
    }

    /** Counts for the last ten minutes; the status of the answer. */
    private static int write(int perMinute) throws IOException, InterruptedException {
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        StringBuilder lines = new StringBuilder();
        for (int k = 1; k <= 10; k++) {
            lines.append("http_requests,service=chat count=%di %d%n"
                    .formatted(perMinute, minute.minusSeconds(60L * k).getEpochSecond()));
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/api/v1/samples?precision=s".formatted(port)))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(lines.toString()))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static Path compiled() throws IOException, InterruptedException {
        boolean isThere = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(program -> Files.isExecutable(Path.of(program, "go")));
        if (!isThere) {
            System.out.println("no Go here: the recommender is not asked with the messages of Datadog's controller");
            throw Requirement.missing("go");
        }
        Path program = folder.resolve("ask");
        String said = run(PROGRAM, List.of("go", "build", "-o", program.toString(), "."));
        assertThat(program).as(said).isExecutable();
        return program;
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }
}
