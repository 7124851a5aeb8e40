package dev.prescale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Bodies above the bound, by clients that send all before they read: they must see the problem, not a reset. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class LargeBodyTest {
    private static final int FIFTY_MEGABYTES = 50_000_000;

    @TestHTTPResource("/api/v1/forecast")
    URI forecast;

    @Test
    void anAnnouncedBodyOfFiftyMegabytesIsAProblem() throws Exception {
        assertRefused(post(HttpRequest.BodyPublishers.ofByteArray(spaces(FIFTY_MEGABYTES))), "4194304 bytes");
    }

    @Test
    void aChunkedBodyOfFiftyMegabytesIsAProblem() throws Exception {
        assertRefused(
                post(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(spaces(FIFTY_MEGABYTES)))),
                "4194304 bytes");
    }

    @Test
    void aBodyAtTheBoundIsRead() throws Exception {
        HttpResponse<String> read = post(HttpRequest.BodyPublishers.ofByteArray(spaces(JsonBody.MOST_BYTES)));

        assertThat(read.statusCode()).isEqualTo(400);
        assertThat(read.body()).contains("empty");
    }

    @Test
    void aClientThatAsksBeforeItSendsNeedNotSend() throws Exception {
        try (Socket socket = new Socket(forecast.getHost(), forecast.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/forecast HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Expect: 100-continue\r\nContent-Length: 50000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();

            // The server closes after its answer, so the stream ends.
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("application/problem+json");
        }
    }

    private HttpResponse<String> post(HttpRequest.BodyPublisher body) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(forecast)
                    .header("Content-Type", "application/json")
                    .POST(body)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void assertRefused(HttpResponse<String> response, String detail) {
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains(detail);
    }

    private static byte[] spaces(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) ' ');
        return bytes;
    }
}
