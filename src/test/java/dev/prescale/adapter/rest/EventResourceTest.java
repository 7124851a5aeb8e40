package dev.prescale.adapter.rest;

import static dev.prescale.testing.Snapshots.aSnapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prescale.testing.Snapshots;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class EventResourceTest {
    @Inject
    FleetEvents events;

    @TestHTTPResource("/api/v1/events")
    URI uri;

    @Test
    void aClientGetsThePresentStateAndThenEachCycle() throws Exception {
        events.cycleDone(Snapshots.NOON, List.of(aSnapshot("chat").build()));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response = follow(client);
            BufferedReader lines = reader(response);

            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(nextEvent(lines))
                    .contains("event:fleet")
                    .anySatisfy(line ->
                            assertThat(line).startsWith("data:{\"endpoints\":[").contains("\"name\":\"chat\""));

            events.cycleDone(Snapshots.NOON, List.of(aSnapshot("shop").build()));
            assertThat(nextEvent(lines))
                    .anySatisfy(line -> assertThat(line).startsWith("data:").contains("\"name\":\"shop\""));
            response.body().close();
        }
        await().until(() -> events.clients() == 0);
    }

    @Test
    void tooManyClientsAreRefusedUntilOneLeaves() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            List<InputStream> open = new ArrayList<>();
            for (int i = 0; i < EventClients.MOST; i++) {
                open.add(follow(client).body());
            }
            HttpResponse<InputStream> refused = follow(client);

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
            for (InputStream stream : open) {
                stream.close();
            }
        }
        await().until(() -> events.clients() == 0);
    }

    private HttpResponse<InputStream> follow(HttpClient client) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static List<String> nextEvent(BufferedReader lines) throws IOException {
        List<String> event = new ArrayList<>();
        String line = lines.readLine();
        while (line != null && !(line.isEmpty() && event.stream().anyMatch(seen -> seen.startsWith("data:")))) {
            event.add(line);
            line = lines.readLine();
        }
        return event;
    }
}
