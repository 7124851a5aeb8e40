package dev.prescale.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.testing.PackagedApplication;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what with static tokens, what an operator's pause does, and that no token is ever told. One story in several tests. */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StaticTokenIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String READER = "s3cret-of-readers-0123456789";
    private static final String OPERATOR = "s3cret-of-operators-0123456789";
    private static final String RENEWED = "s3cret-renewed-0123456789";
    private static final String CHAT = "/api/v1/endpoints/inference/chat";

    private static final String SPEC = """
            apiVersion: prescale.dev/v1alpha1
            kind: PredictiveAutoscaler
            metadata: {name: %1$s, namespace: inference, annotations: {prescale.dev/paused: "%2$s"}}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
              maxReplicas: 20
              traffic:
                influx: {bucket: traffic, measurement: http_requests, field: count, tags: {service: %1$s}, kind: Count}
                step: 60s
              capacity:
                perReplica: {requestRate: 10, targetUtilization: 1.0}
            """;

    @TempDir
    static Path folder;

    private static PackagedApplication service;
    private static int port;
    private static Path operators;
    private static final StringBuilder answers = new StringBuilder();

    @BeforeAll
    static void begin() throws IOException {
        Path specs = Files.createDirectory(folder.resolve("endpoints"));
        Files.writeString(specs.resolve("chat.yaml"), SPEC.formatted("chat", "false"));
        Files.writeString(specs.resolve("held.yaml"), SPEC.formatted("held", "true"));
        operators = Files.writeString(folder.resolve("operators"), OPERATOR + "\n");
        start();
    }

    private static void start() throws IOException {
        port = PackagedApplication.freePort();
        Path run = Files.createDirectories(folder.resolve("run-" + port));
        service = PackagedApplication.start(
                run,
                Map.of(
                        "PRESCALE_HTTP_PORT",
                        "" + port,
                        "PRESCALE_DATA",
                        folder.resolve("data").toString(),
                        "PRESCALE_ENDPOINTS",
                        folder.resolve("endpoints").toString(),
                        "PRESCALE_KUBERNETES",
                        "off",
                        "PRESCALE_CYCLE_INTERVAL",
                        "1s",
                        "PRESCALE_READ_TOKEN",
                        READER,
                        "PRESCALE_OPERATOR_TOKEN_FILE",
                        operators.toString(),
                        "PRESCALE_ALLOWED_HOSTS",
                        "localhost,127.0.0.1",
                        "QUARKUS_HTTP_ACCESS_LOG_ENABLED",
                        "true",
                        "QUARKUS_LOG_LEVEL",
                        "INFO"),
                "serve");
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> status("", "GET", "/q/health/ready") == 200);
    }

    @AfterAll
    static void end() {
        service.close();
    }

    @ParameterizedTest(name = "{0} {1}: nobody {2}, reader {3}, operator {4}")
    @CsvSource({
        "GET, /q/health, 200, 200, 200",
        "GET, /q/metrics, 200, 200, 200",
        "GET, /, 200, 200, 200",
        "GET, /js/main.js, 200, 200, 200",
        "GET, /webjars/uplot/dist/uPlot.esm.js, 200, 200, 200",
        "GET, /api/v1/endpoints, 401, 200, 200",
        "GET, /q/openapi, 200, 200, 200",
        "GET, /nothing, 401, 404, 404",
        "POST, /api/v1/forecast, 401, 422, 422",
        "POST, /api/v1/preview, 401, 422, 422",
        "POST, /api/v1/samples, 401, 403, 204",
        "POST, /api/v1/backtests, 401, 403, 422",
        "DELETE, /api/v1/backtests/x, 401, 403, 404",
        "POST, /api/v1/endpoints/inference/nobody/pause, 401, 403, 404"
    })
    @Order(1)
    void whoMayDoWhat(String method, String path, int nobody, int reader, int operator) throws Exception {
        assertThat(status("", method, path)).isEqualTo(nobody);
        assertThat(status(READER, method, path)).isEqualTo(reader);
        assertThat(status(OPERATOR, method, path)).isEqualTo(operator);
    }

    @Test
    @Order(2)
    void whoIsRefusedIsToldInAProblem() throws Exception {
        HttpResponse<String> nobody = ask("", "GET", "/api/v1/endpoints", "");
        assertThat(nobody.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(nobody.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(status("nonsense", "GET", "/api/v1/endpoints")).isEqualTo(401);
        assertThat(status("nonsense", "GET", "/q/metrics")).isEqualTo(200);
        HttpResponse<String> reader = ask(READER, "POST", CHAT + "/pause", "");
        assertThat(reader.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(reader.body()).contains("\"status\":403").contains("prescale-operator");
    }

    @Test
    @Order(3)
    void aPauseHoldsAndSurvivesARestart() throws Exception {
        JsonNode paused = JSON.readTree(ask(OPERATOR, "POST", CHAT + "/pause", "{\"reason\": \"migration\"}")
                .body());
        assertThat(paused.path("changed").booleanValue()).isTrue();
        assertThat(paused.at("/paused/by").textValue()).isEqualTo("operator token");
        assertThat(paused.at("/paused/reason").textValue()).isEqualTo("migration");
        assertThat(read(CHAT).path("paused")).isEqualTo(paused.path("paused"));
        assertThat(JSON.readTree(ask(OPERATOR, "POST", CHAT + "/pause", "").body()))
                .isEqualTo(JSON.readTree(paused.toString().replace("true", "false")));
        await().atMost(Duration.ofSeconds(30)).until(() -> lastCodes().contains("Paused"));

        String log = service.out() + service.err();
        assertThat(log).contains("inference/chat is paused by operator token: migration");
        service.kill();
        service.exitCode();
        start();

        assertThat(read(CHAT).path("paused")).isEqualTo(paused.path("paused"));
        await().atMost(Duration.ofSeconds(30)).until(() -> lastCodes().contains("Paused"));
        assertThat(ask(OPERATOR, "POST", CHAT + "/resume", "").body()).contains("\"paused\":null");
        assertThat(read(CHAT).path("paused").isNull()).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> !lastCodes().contains("Paused"));
    }

    @Test
    @Order(4)
    void whatAFilePausesIsResumedInTheFile() throws Exception {
        String held = "/api/v1/endpoints/inference/held";

        assertThat(ask(OPERATOR, "POST", held + "/pause", "").body()).contains("\"changed\":false");
        HttpResponse<String> refused = ask(OPERATOR, "POST", held + "/resume", "");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("held.yaml");
    }

    @Test
    @Order(5)
    void aTokenIsRenewedWithoutARestart() throws Exception {
        Files.writeString(operators, RENEWED + "\n");

        // each time too early is a token that is nobody's
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> status(RENEWED, "POST", "/api/v1/samples") == 204);
        assertThat(status(OPERATOR, "POST", "/api/v1/samples")).isEqualTo(401);
    }

    @Test
    @Order(6)
    void whoTriesTokensIsStopped() throws Exception {
        int tries = 0;
        while (status("guess-0123456789-" + tries, "GET", "/api/v1/endpoints") == 401) {
            tries++;
        }

        HttpResponse<String> stopped = ask("guess", "GET", "/api/v1/endpoints", "");
        assertThat(tries).isBetween(20, 200);
        assertThat(stopped.statusCode()).isEqualTo(429);
        assertThat(stopped.headers().firstValue("Retry-After")).isPresent();
        // whoever shows none is no suspect
        assertThat(status("", "GET", "/")).isEqualTo(200);
        assertThat(status("", "GET", "/q/health/live")).isEqualTo(200);
    }

    @Test
    @Order(7)
    void noTokenIsEverTold() throws Exception {
        ask("", "GET", "/api/v1/endpoints?access_token=s3cret-in-the-address", "");
        assertThat(answers.toString()).doesNotContain("s3cret");
        for (Path run : List.of(folder.resolve("run-" + port))) {
            assertThat(Files.readString(run.resolve("out")) + Files.readString(run.resolve("err")))
                    .doesNotContain(READER, OPERATOR, RENEWED);
        }
    }

    /** A page of another site that has its name point here reads nothing; probes come by address. */
    @ParameterizedTest(name = "{1} as {0}: {2}")
    @CsvSource({
        "localhost, /, 200",
        "LOCALHOST, /, 200",
        "evil.example, /, 421",
        "evil.example, /api/v1/endpoints, 421",
        "localhost.evil.example, /, 421",
        "10.0.0.7, /q/health/live, 200"
    })
    @Order(8)
    void onlyNamesThatAreAllowedAreAnswered(String host, String path, int expected) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n"
                            .formatted(path, host, port)
                            .getBytes(US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 " + expected + " ");
        }
    }

    private static List<String> lastCodes() throws Exception {
        return read(CHAT + "/decisions/latest").path("trail").findValuesAsText("code");
    }

    private static JsonNode read(String path) throws Exception {
        return JSON.readTree(ask(READER, "GET", path, "").body());
    }

    /** @param token empty for none */
    private static int status(String token, String method, String path) throws IOException, InterruptedException {
        boolean isJson = method.equals("POST") && !path.endsWith("/samples") && !path.endsWith("/pause");
        return ask(token, method, path, isJson ? "{}" : "").statusCode();
    }

    private static HttpResponse<String> ask(String token, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
        answers.append(answer.headers().map()).append(answer.body());
        return answer;
    }
}
