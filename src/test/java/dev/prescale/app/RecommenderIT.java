package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.testing.CertificateAuthority;
import dev.prescale.testing.PackagedApplication;
import dev.prescale.testing.Requirement;
import dev.prescale.testing.ServedEndpoints;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
    private static ServedEndpoints served;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        asking = compiled();
        served = ServedEndpoints.begin(Files.createDirectory(folder.resolve("served")), SPEC);
    }

    @AfterAll
    static void stop() {
        if (served != null) {
            served.close();
        }
    }

    @Test
    void theControllerIsToldReplicasBoundsAndWhy() throws Exception {
        served.write("chat", 10, ago -> 2640);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> ask("--name", "chat", "--api-version", "apps/v1")
                        .contains("\"Replicas\":5,")); // 44 req/s at 10 each

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

    @Test
    void theControllerIsAnsweredOverTlsIfItsCertificateIsOneOfTheAuthority() throws Exception {
        Path certificates = Files.createDirectory(folder.resolve("certificates"));
        CertificateAuthority authority = CertificateAuthority.create(certificates, "authority");
        CertificateAuthority.Issued server = authority.issue("prescale");
        CertificateAuthority.Issued controller = authority.issue("controller");
        CertificateAuthority.Issued stranger =
                CertificateAuthority.create(certificates, "elsewhere").issue("stranger");
        int tlsPort = PackagedApplication.freePort();
        String url = "https://localhost:%d/api/v1/recommendation".formatted(tlsPort);
        String ca = authority.certificate().toString();

        try (ServedEndpoints overTls = ServedEndpoints.begin(
                Files.createDirectory(folder.resolve("tls")),
                SPEC,
                Map.of(
                        "PRESCALE_TLS_CERTIFICATE",
                        server.certificate().toString(),
                        "PRESCALE_TLS_KEY",
                        server.key().toString(),
                        "PRESCALE_TLS_PORT",
                        "" + tlsPort,
                        "PRESCALE_TLS_CLIENT_CA",
                        ca))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> askAt(
                                    url,
                                    "--name",
                                    "shop",
                                    "--ca",
                                    ca,
                                    "--cert",
                                    controller.certificate().toString(),
                                    "--key",
                                    controller.key().toString()),
                            said -> said.startsWith(
                                    "error 404: No endpoint in namespace inference has Deployment shop"));
            assertThat(askAt(url, "--name", "shop", "--ca", ca)).startsWith("not sent: ");
            assertThat(askAt(
                            url,
                            "--name",
                            "shop",
                            "--ca",
                            ca,
                            "--cert",
                            stranger.certificate().toString(),
                            "--key",
                            stranger.key().toString()))
                    .startsWith("not sent: ");
            assertThat(askAt(
                            url,
                            "--name",
                            "shop",
                            "--cert",
                            controller.certificate().toString(),
                            "--key",
                            controller.key().toString()))
                    .contains("certificate signed by unknown authority");
            assertThat(askAt(overTls.uri("/api/v1/recommendation").toString(), "--name", "shop"))
                    .startsWith("status 403: ");
        }
    }

    private static String ask(String... options) throws IOException, InterruptedException {
        return askAt(served.uri("/api/v1/recommendation").toString(), options);
    }

    /** What the program says, whichever way it ends. */
    private static String askAt(String url, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(asking.toString(), "--url", url, "--namespace", "inference"));
        command.addAll(List.of(options));
        return run(folder, command).strip();
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
