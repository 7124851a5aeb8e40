package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prescale.testing.FakeProvider;
import dev.prescale.testing.PackagedApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what once a provider of tokens is named; without one everything is open, as in all other tests. */
class BearerTokenIT {
    private static final String OPERATOR = "prescale-operator";
    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static PackagedApplication service;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        port = PackagedApplication.freePort();
        service = PackagedApplication.start(
                folder,
                Map.of(
                        "PRESCALE_HTTP_PORT",
                        "" + port,
                        "PRESCALE_DATA",
                        folder.resolve("data").toString(),
                        "PRESCALE_KUBERNETES",
                        "off",
                        "PRESCALE_OIDC",
                        "on",
                        "QUARKUS_OIDC_AUTH_SERVER_URL",
                        PROVIDER.url(),
                        "QUARKUS_OIDC_TOKEN_AUDIENCE",
                        FakeProvider.AUDIENCE),
                "serve");
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> status("", "GET", "/q/health/ready") == 200);
    }

    @AfterAll
    static void stop() {
        service.close();
        PROVIDER.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health",
                "/q/health/live",
                "/q/metrics",
                "/",
                "/js/main.js",
                "/css/page.css",
                "/favicon.svg",
                "/q/openapi",
                "/q/swagger-ui/"
            })
    void healthMetricsTheFilesOfThePageAndTheDescriptionOfTheApiAreOpen(String path) throws Exception {
        assertThat(status("", "GET", path)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/endpoints",
        "GET, /api/v1/events",
        "POST, /api/v1/forecast",
        "POST, /api/v1/samples",
        "DELETE, /api/v1/backtests/x"
    })
    void nothingElseIs(String method, String path) throws Exception {
        assertThat(status("", method, path)).isEqualTo(401);
    }

    @Test
    void anExpiredForgedOrForeignTokenIsNone() {
        assertThat(Stream.of(
                        PROVIDER.expiredTokenOf("ada", OPERATOR),
                        PROVIDER.forgedTokenOf("ada", OPERATOR),
                        PROVIDER.tokenForOthers("ada", OPERATOR)))
                .allSatisfy(token ->
                        assertThat(status(token, "GET", "/api/v1/endpoints")).isEqualTo(401));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "GET, /api/v1/endpoints, 200",
        "POST, /api/v1/forecast, 422",
        "POST, /api/v1/preview, 422",
        "POST, /api/v1/recommendation, 200",
        "POST, /api/v1/samples, 403",
        "POST, /api/v1/backtests, 403",
        "DELETE, /api/v1/backtests/x, 403",
        "POST, /api/v1/endpoints/a/b/pause, 403",
        "PUT, /api/v1/endpoints, 403"
    })
    void whoIsKnownReadsAndComputes(String method, String path, int expected) throws Exception {
        assertThat(status(PROVIDER.tokenOf("ada", "staff"), method, path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/endpoints, 200",
        "POST, /api/v1/samples, 204",
        "POST, /api/v1/backtests, 422",
        "DELETE, /api/v1/backtests/x, 404",
        "POST, /api/v1/endpoints/a/b/pause, 404",
        "POST, /api/v1/endpoints/a/b/resume, 404"
    })
    void anOperatorWrites(String method, String path, int expected) throws Exception {
        assertThat(status(PROVIDER.tokenOf("grace", "staff", OPERATOR), method, path))
                .isEqualTo(expected);
    }

    @Test
    void whoIsRefusedIsToldInAProblem() throws Exception {
        HttpResponse<String> unknown = ask("", "GET", "/api/v1/endpoints");
        assertThat(unknown.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(unknown.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(unknown.body()).contains("\"status\":401");

        String expired = PROVIDER.expiredTokenOf("ada");
        HttpResponse<String> known = ask(expired, "GET", "/api/v1/endpoints");
        assertThat(known.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        assertThat(known.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(known.body()).contains("\"status\":401").doesNotContain(expired);

        HttpResponse<String> reader = ask(PROVIDER.tokenOf("ada", "staff"), "POST", "/api/v1/samples");
        assertThat(reader.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(reader.body()).contains("\"status\":403").contains(OPERATOR);
    }

    /** @param token empty for none */
    private static int status(String token, String method, String path) throws IOException, InterruptedException {
        return ask(token, method, path).statusCode();
    }

    private static HttpResponse<String> ask(String token, String method, String path)
            throws IOException, InterruptedException {
        String body = method.equals("POST") && !path.endsWith("/samples") ? "{}" : "";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
