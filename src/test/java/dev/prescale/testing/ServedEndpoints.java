package dev.prescale.testing;

import static org.awaitility.Awaitility.await;

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
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** The packaged service without a cluster: endpoints out of a file, their traffic written by the test, a cycle every second. */
public final class ServedEndpoints implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final PackagedApplication service;
    private final int port;

    private ServedEndpoints(PackagedApplication service, int port) {
        this.service = service;
        this.port = port;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param folder empty, for its data and output
     * @param specifications YAML
     */
    public static ServedEndpoints begin(Path folder, String specifications) throws IOException {
        return begin(folder, specifications, Map.of());
    }

    /** @param more settings beside its own */
    public static ServedEndpoints begin(Path folder, String specifications, Map<String, String> more)
            throws IOException {
        Path endpoints = Files.createDirectory(folder.resolve("endpoints"));
        Files.writeString(endpoints.resolve("endpoints.yaml"), specifications);
        int port = PackagedApplication.freePort();
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PRESCALE_HTTP_PORT", "" + port);
        environment.put("PRESCALE_DATA", folder.resolve("data").toString());
        environment.put("PRESCALE_ENDPOINTS", endpoints.toString());
        environment.put("PRESCALE_KUBERNETES", "off");
        environment.put("PRESCALE_CYCLE_INTERVAL", "1s");
        ServedEndpoints served = new ServedEndpoints(PackagedApplication.start(folder, environment, "serve"), port);
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> served.get("/q/health/ready").statusCode() == 200);
        return served;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    /**
     * Writes counts per minute up to the last full one.
     *
     * @param counts requests of the minute so many minutes ago, from 1 on
     */
    public void write(String service, int minutes, IntUnaryOperator counts) throws IOException, InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        StringBuilder lines = new StringBuilder();
        for (int ago = minutes; ago >= 1; ago--) {
            lines.append("http_requests,service=%s count=%di %d\n"
                    .formatted(
                            service,
                            counts.applyAsInt(ago),
                            now.minusSeconds(60L * ago).getEpochSecond()));
        }
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri("/api/v1/samples?precision=s"))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(lines.toString()))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 204) {
            throw new AssertionError(answer.body());
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
