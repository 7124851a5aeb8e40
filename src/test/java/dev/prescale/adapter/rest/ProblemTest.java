package dev.prescale.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.Headers;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that no resource sees. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class ProblemTest {
    @TestHTTPResource("/")
    URI home;

    @Inject
    FakeFleetView fleet;

    @Test
    void anUnknownPathIsAProblem() {
        assertProblem(given().get("/api/v1/nothing").then(), 404).body("title", equalTo("Not Found"));
        assertProblem(given().get("/api/v1/endpoints/a/b/c/d").then(), 404);
        assertProblem(given().get("/nothing").then(), 404);
        assertProblem(given().get("/api/v2").then(), 404);
    }

    @Test
    void aWrongMethodIsAProblem() {
        assertProblem(given().delete("/api/v1/endpoints").then(), 405).header("Allow", containsString("GET"));
        assertProblem(given().get("/api/v1/samples").then(), 405).header("Allow", equalTo("POST"));
    }

    @Test
    void anAcceptHeaderThatCannotBeServedIsAProblem() {
        assertProblem(given().accept("image/png").get("/api/v1/endpoints").then(), 406);
    }

    /** A page of another site: a browser sends one of these, and no script can leave it out. */
    @Test
    void anotherSitesPageChangesNothing() {
        assertProblem(
                        given().header("Sec-Fetch-Site", "cross-site")
                                .post("/api/v1/samples")
                                .then(),
                        403)
                .body("detail", containsString("PRESCALE_TRUSTED_ORIGINS"));
        assertProblem(
                given().header("Origin", "https://evil.example")
                        .post("/api/v1/samples")
                        .then(),
                403);
        assertProblem(
                given().header("Origin", "null").delete("/api/v1/backtests/x").then(), 403);
        assertProblem(
                given().header("Sec-Fetch-Site", "same-origin")
                        .delete("/api/v1/backtests/x")
                        .then(),
                404);
        given().header("Sec-Fetch-Site", "cross-site")
                .get("/api/v1/endpoints")
                .then()
                .statusCode(200);
    }

    @Test
    void aTokenInTheAddressIsRefusedAndNotEchoed() {
        for (String name : List.of("access_token", "token", "Authorization")) {
            String body = assertProblem(
                            given().queryParam(name, "s3cret")
                                    .get("/api/v1/endpoints")
                                    .then(),
                            400)
                    .extract()
                    .asString();
            assertThat(body).doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, no-cache",
        "GET, /js/main.js, no-cache",
        "GET, /webjars/uplot/dist/uPlot.min.css, no-cache",
        "GET, /api/v1/endpoints, 'private, no-cache'",
        "GET, /api/v1/nothing, no-store",
        "DELETE, /api/v1/endpoints, no-store",
        "GET, /q/health/live, no-store",
        "GET, /q/metrics, no-store",
        "GET, /q/openapi, no-store",
        "GET, /q/swagger-ui/, no-store"
    })
    void everyAnswerHasTheHeaders(String method, String path, String caching) {
        Headers headers = given().request(method, path).headers();

        assertThat(headers.getValue("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.getValue("X-Frame-Options")).isEqualTo("DENY");
        assertThat(headers.getValue("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(headers.getValue("Permissions-Policy")).contains("camera=()");
        assertThat(headers.getValue("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(headers.getValue("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(headers.getValue("Strict-Transport-Security")).isNull();
        assertThat(headers.getValue("Access-Control-Allow-Origin")).isNull();
        assertThat(headers.getValue("Cache-Control")).isEqualTo(caching);
        assertThat(headers.getValue("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .satisfies(
                        policy -> assertThat(policy.contains("unsafe-inline")).isEqualTo(path.contains("swagger")));
    }

    /** What rest-assured would not send. */
    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, 400, true",
        "TRACE /api/v1/endpoints HTTP/1.1|Host: x, 405, true",
        "GET / HTTP/1.1|Host: x|Range: bytes=99999999-, 416, true",
        // before any route the server knows no problems
        "GET /%zz HTTP/1.1|Host: x, 400, false"
    })
    void anOddRequestIsAProblem(String lines, int status, boolean isProblem) throws IOException {
        try (Socket socket = new Socket(home.getHost(), home.getPort())) {
            socket.setSoTimeout(20_000);
            String request = lines.replace("|", "\r\n") + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 " + status);
            assertThat(answer.contains("application/problem+json") && answer.contains("nosniff"))
                    .isEqualTo(isProblem);
        }
    }

    @Test
    void aFaultOfOursShowsAnIdAndNothingElse() {
        fleet.fails(new IllegalStateException("token=secret"));

        String body = assertProblem(given().get("/api/v1/endpoints").then(), 500)
                .extract()
                .asString();

        assertThat(body).contains("under id ").doesNotContain("secret").doesNotContain("Exception");
        fleet.shows();
    }

    private static ValidatableResponse assertProblem(ValidatableResponse response, int status) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status));
    }
}
