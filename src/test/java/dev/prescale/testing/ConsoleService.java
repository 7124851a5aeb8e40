package dev.prescale.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service, or its demo, on a free port of this machine. */
public final class ConsoleService implements AutoCloseable {
    private static final Pattern DAY = Pattern.compile("\"day\":(\\d+)");
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newHttpClient();
    private final PackagedApplication application;
    private final URI home;

    private ConsoleService(PackagedApplication application, URI home) {
        this.application = application;
        this.home = home;
    }

    /** @param folder it runs in; sees the bundled datasets */
    public static ConsoleService start(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        int port = PackagedApplication.freePort();
        Files.createSymbolicLink(folder.resolve("datasets"), Path.of("datasets").toAbsolutePath());
        Map<String, String> all = new HashMap<>(environment);
        all.put("PRESCALE_HTTP_PORT", "" + port);
        all.put("PRESCALE_DATA", folder.resolve("data").toString());
        return new ConsoleService(
                PackagedApplication.start(folder, all, arguments), URI.create("http://127.0.0.1:%d/".formatted(port)));
    }

    public URI home() {
        return home;
    }

    public String errors() throws IOException {
        return application.err();
    }

    public void awaitReady() {
        await().atMost(LONGEST_START).until(() -> status("q/health/ready") == 200);
    }

    /** Until every endpoint has its forecast, so that no answer is "not yet". */
    public void awaitForecasts() {
        await().atMost(LONGEST_START).until(() -> {
            String fleet = get("api/v1/endpoints");
            return fleet.contains("\"nextPeak\":{") && !fleet.contains("\"nextPeak\":null");
        });
    }

    /** Until so many simulated days of a demo are over, so that there is a past to show. */
    public void awaitDay(int days) {
        await().atMost(LONGEST_START).until(() -> {
            Matcher day = DAY.matcher(get("api/v1/demo"));
            return day.find() && Integer.parseInt(day.group(1)) >= days;
        });
    }

    private int status(String path) throws InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(home.resolve(path)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private String get(String path) throws InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(home.resolve(path)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "";
        }
    }

    @Override
    public void close() {
        application.close();
    }
}
