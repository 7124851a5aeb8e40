package dev.prescale.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class BacktestResourceTest {
    private static final String PATH = "/api/v1/backtests";

    @Inject
    SlowBacktests engine;

    @Inject
    BacktestJobs jobs;

    @Inject
    BacktestEvents events;

    @Inject
    ObjectMapper json;

    @TestHTTPResource(PATH)
    URI uri;

    private final List<SlowBacktests.Run> runs = new ArrayList<>();

    @AfterEach
    void leavesNothing() {
        jobs.newestFirst().forEach(job -> jobs.remove(job.id()));
        runs.forEach(SlowBacktests.Run::endsWhereStopped);
    }

    @Test
    void aBacktestIsTakenInRunsAndHasItsResult() throws Exception {
        ValidatableResponse taken = post(SlowBacktests.BODY).statusCode(202);
        String id = taken.extract().path("id");
        taken.header("Location", endsWith(PATH + "/" + id));
        assertThat(taken.extract().asString())
                .isEqualTo("{\"id\":\"%s\",\"status\":\"Running\",\"progress\":0.0}".formatted(id));

        SlowBacktests.Run run = nextRun();
        run.reaches(0.5);
        given().get(PATH + "/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("Running"))
                .body("progress", equalTo(0.5f));

        run.ends();
        await().until(() -> jobs.find(id).orElseThrow().state().hasEnded());
        JsonNode done = json.readTree(given().get(PATH + "/" + id).asString());
        JsonNode result =
                json.readTree(json.writeValueAsString(ReplayResult.of(SlowBacktests.resultOf(run.request()))));
        assertThat(done.get("status").asText()).isEqualTo("Done");
        assertThat(done.get("progress").asDouble()).isEqualTo(1);
        assertThat(result.properties())
                .isNotEmpty()
                .allSatisfy(field -> assertThat(done.get(field.getKey())).isEqualTo(field.getValue()));
        assertThat(done.size()).isEqualTo(result.size() + 3);
    }

    @Test
    void whoFollowsSeesProgressAndTheEndAndTheStreamEnds() throws Exception {
        String id = post(SlowBacktests.BODY).extract().path("id");
        SlowBacktests.Run run = nextRun();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response = follow(client, id);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            assertThat(eventLines(lines))
                    .contains("event:progress")
                    .anyMatch(line -> line.contains("\"progress\":0.0"));

            run.ends();
            List<String> rest = lines.lines().toList();
            assertThat(rest)
                    .contains("event:done")
                    .anyMatch(line -> line.startsWith("data:{\"id\":\"" + id) && line.contains("\"scorecard\":["));

            String late = new String(follow(client, id).body().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(late).contains("event:done").doesNotContain("event:progress");
        }
        await().until(() -> events.clients() == 0);
    }

    @Test
    void whatIsCanceledIsGone() throws Exception {
        String id = post(SlowBacktests.BODY).extract().path("id");
        nextRun();
        try (HttpClient client = HttpClient.newHttpClient()) {
            InputStream followed = follow(client, id).body();
            given().delete(PATH + "/" + id).then().statusCode(204);
            assertThat(new String(followed.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("event:failed", "canceled");
        }
        given().get(PATH + "/" + id).then().statusCode(404).contentType("application/problem+json");
        given().get(PATH + "/" + id + "/events").then().statusCode(404);
        given().delete(PATH + "/" + id).then().statusCode(404).body("detail", containsString(id));
    }

    @Test
    void theListHasTheNewestFirst() {
        String first = post(SlowBacktests.BODY).extract().path("id");
        String second = post(SlowBacktests.BODY).extract().path("id");
        nextRun();

        given().get(PATH)
                .then()
                .statusCode(200)
                .body("backtests.id", equalTo(List.of(second, first)))
                .body("backtests[0].trace", equalTo("shop"))
                .body("backtests[0].status", equalTo("Running"));
    }

    @Test
    void whereTooManyWaitTheNextIsToldWhenToComeAgain() {
        for (int k = 0; k <= BacktestJobs.MOST_WAITING; k++) {
            post(SlowBacktests.BODY).statusCode(202);
        }
        nextRun();

        post(SlowBacktests.BODY)
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("10"));
    }

    @Test
    void faultsOfTheInputAreNamed() {
        post("{\"trace\": {\"start\": \"noon\"}, \"policies\": [\"prescal\"]}")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.path", hasItems("trace.start", "trace.step", "trace.values", "policies[0]"))
                .body("violations.find { it.path == 'policies[0]' }.message", endsWith("did you mean prescale?"));
        post("{\"trace\": ").statusCode(400).body("detail", containsString("line 1"));
        post(" ".repeat(JsonBody.MOST_BYTES + 1)).statusCode(413);
        given().get(PATH + "?limit=3").then().statusCode(422).body("detail", startsWith("1 fault"));
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        given().put(PATH).then().statusCode(405).header("Allow", equalTo("GET, HEAD, POST"));
        given().post(PATH + "/7").then().statusCode(405).header("Allow", equalTo("GET, HEAD, DELETE"));
    }

    private SlowBacktests.Run nextRun() {
        SlowBacktests.Run run = engine.next();
        runs.add(run);
        return run;
    }

    private HttpResponse<InputStream> follow(HttpClient client, String id) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(uri + "/" + id + "/events")).build();
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private static List<String> eventLines(BufferedReader lines) throws Exception {
        List<String> event = new ArrayList<>();
        String line = lines.readLine();
        while (line != null && !(line.isEmpty() && !event.isEmpty())) {
            event.add(line);
            line = lines.readLine();
        }
        return event;
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON).body(body).post(PATH).then();
    }
}
