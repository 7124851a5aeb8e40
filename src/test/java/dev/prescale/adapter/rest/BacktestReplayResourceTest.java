package dev.prescale.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import dev.prescale.config.BacktestRequest;
import dev.prescale.control.EndpointSpec;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is shown of a backtest beside its result, and what may be replayed. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class BacktestReplayResourceTest {
    private static final String PATH = "/api/v1/backtests";

    /** Five hours of 30 req/s with a minute of 90 in the last of them; four of them are warm-up. */
    private static final String SPIKE = """
            {"trace": {"name": "a/b \\"c\\"", "start": "2024-01-01T00:00:00Z", "step": "PT1M", "values": [%s, 90, null, %s]},
             "policies": ["fixed", "prescale"], "simulation": {"warmUp": "PT4H", "cycle": "PT1M"}}""".formatted(
                    String.join(",", Collections.nCopies(270, "30")), String.join(",", Collections.nCopies(28, "30")));

    @Inject
    SlowBacktests engine;

    @Inject
    BacktestJobs jobs;

    @Inject
    FakeFleetView fleet;

    @Inject
    FakeEndpointTraces traces;

    @AfterEach
    void leavesNothing() {
        traces.fails(Optional.empty());
        fleet.shows();
        jobs.newestFirst().forEach(job -> jobs.remove(job.id()));
    }

    @Test
    void theReplayHasEveryMinuteAndWhatEachPolicyDid() {
        String id = ended(SPIKE);
        given().get(PATH + "/" + id + "/replay")
                .then()
                .statusCode(200)
                .body("trace", equalTo("a/b \"c\""))
                .body("replayFrom", equalTo("2024-01-01T04:00:00Z"))
                .body("replayTo", equalTo("2024-01-01T05:00:00Z"))
                .body("start", equalTo("2024-01-01T04:00:00Z"))
                .body("step", equalTo("PT1M"))
                .body("minutesPerPiece", equalTo(1))
                .body("demand", hasSize(60))
                .body("demand[30]", equalTo(90f))
                .body("demand[31]", nullValue())
                .body("policies.policy", equalTo(List.of("fixed", "prescale")))
                .body("policies[0].ready", hasSize(60))
                .body("policies[0].desired", hasSize(60))
                .body("policies[0].sustained", hasSize(60))
                .body("frontier.policy", everyItem(equalTo("fixed")))
                .body("trail", nullValue());
    }

    @Test
    void aLongOneIsToldInFewPointsWithoutLosingAPeak() {
        String id = ended(SPIKE);
        given().get(PATH + "/" + id + "/replay?points=6")
                .then()
                .statusCode(200)
                .body("minutesPerPiece", equalTo(20))
                .body("step", equalTo("PT10M"))
                .body("demand", equalTo(List.of(30f, 30f, 30f, 90f, 30f, 30f)))
                .body("policies[1].ready", hasSize(6));
        given().get(PATH + "/" + id + "/replay?from=2024-01-01T04:20:30Z&to=2024-01-01T04:24:01Z")
                .then()
                .statusCode(200)
                .body("start", equalTo("2024-01-01T04:20:00Z"))
                .body("demand", hasSize(5));
    }

    @Test
    void theDecisionInForceIsToldWithItsTrail() {
        String id = ended(SPIKE);
        given().get(PATH + "/" + id + "/replay?points=2&trailAt=2024-01-01T04:31:30Z")
                .then()
                .statusCode(200)
                .body("trail.at", lessThanOrEqualTo("2024-01-01T04:31:30Z"))
                .body("trail.resolution", equalTo("PT2S"))
                .body("trail.decision.trail.message", hasItems(containsString("req/s")));
        given().get(PATH + "/" + id + "/replay?points=2&trailAt=2024-01-01T03:59:59Z")
                .then()
                .statusCode(200)
                .body("trail", nullValue());
    }

    @Test
    void aPartThatIsNotInTheReplayIsRefused() {
        String id = ended(SPIKE);
        for (String query : List.of(
                "from=2024-01-01T03:00:00Z",
                "to=2024-01-01T05:01:00Z",
                "from=2024-01-01T04:30:00Z&to=2024-01-01T04:30:00Z",
                "points=2001",
                "points=1",
                "trailAt=noon",
                "policy=hpa")) {
            given().get(PATH + "/" + id + "/replay?" + query).then().statusCode(422);
        }
    }

    @Test
    void theReportIsAFileThatReachesNothingWhereItIsOpenedFromHere() {
        String id = ended(SPIKE);
        String policy = given().get(PATH + "/" + id + "/report")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Disposition", equalTo("attachment; filename=\"backtest-a-b-c-.html\""))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .body(equalTo(SlowBacktests.REPORT))
                .extract()
                .header("Content-Security-Policy");
        assertThat(policy)
                .startsWith("sandbox allow-scripts; default-src 'none'")
                .doesNotContain("allow-same-origin");
    }

    @Test
    void theMinutesAreACsv() {
        String id = ended(SPIKE);
        List<String> lines = given().get(PATH + "/" + id + "/decisions")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .header("Content-Disposition", equalTo("attachment; filename=\"backtest-a-b-c-.csv\""))
                .extract()
                .asString()
                .lines()
                .toList();
        assertThat(lines).hasSize(1 + 2 * 59).startsWith("timestamp,policy,demand,desired,ready");
        assertThat(lines.get(31)).matches("2024-01-01T04:30:00Z,fixed,90\\.0,\\d+,\\d+");
        assertThat(lines.get(32)).startsWith("2024-01-01T04:32:00Z,fixed,30.0,");
        assertThat(lines.getLast()).startsWith("2024-01-01T04:59:00Z,prescale,30.0,");
    }

    @Test
    void thereIsNothingBeforeTheEndAndOfNobody() {
        String id = post(SPIKE).statusCode(202).extract().path("id");
        SlowBacktests.Run run = engine.next();
        for (String what : List.of("replay", "report", "decisions")) {
            given().get(PATH + "/" + id + "/" + what)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("detail", containsString("has not ended"));
            given().get(PATH + "/nobody/" + what).then().statusCode(404);
        }
        run.fails();
        await().until(() -> jobs.find(id).orElseThrow().state().hasEnded());
        given().get(PATH + "/" + id + "/replay").then().statusCode(404).body("detail", containsString("it failed"));
    }

    @Test
    void anEndpointsOwnHistoryIsReplayedWithItsSpecification() {
        fleet.shows(PageFixture.checkout());
        post("{\"trace\": {\"endpoint\": \"test/checkout\", \"replay\": \"PT2H\"}, \"policies\": [\"hpa\"]}")
                .statusCode(202);
        SlowBacktests.Run run = engine.next();
        BacktestRequest request = run.request();
        EndpointSpec spec = request.setup().endpoints().getFirst().spec();
        assertThat(spec.id()).isEqualTo(PageFixture.CHECKOUT.id());
        assertThat(request.setup().to()).isEqualTo("2024-01-01T12:00:00Z");
        assertThat(request.setup().from()).isEqualTo("2024-01-01T10:00:00Z");
        assertThat(request.specText().orElseThrow()).startsWith("# what test/checkout is scaled by");
        run.ends();

        post("{\"trace\": {\"endpoint\": \"test/chekout\"}}")
                .statusCode(422)
                .body("violations[0].message", containsString("did you mean test/checkout?"));
        traces.fails(Optional.of("the history of test/checkout cannot be read: it is away"));
        post("{\"trace\": {\"endpoint\": \"test/checkout\"}}")
                .statusCode(503)
                .header("Retry-After", equalTo("10"))
                .body("detail", containsString("it is away"));
    }

    @Test
    void theBundledDatasetsAreListed() {
        given().get("/api/v1/datasets")
                .then()
                .statusCode(200)
                .body("datasets.name", hasItems("batch-idle", "incidents", "llm-chat", "shop-web", "two-models"))
                .body("datasets.find { it.name == 'shop-web' }.values", equalTo(60_480))
                .body("datasets.find { it.name == 'shop-web' }.timeZone", equalTo("Europe/Berlin"));
        given().get("/api/v1/datasets?name=shop-web").then().statusCode(422);
    }

    private String ended(String body) {
        String id = post(body).statusCode(202).extract().path("id");
        engine.next().ends();
        await().until(() -> jobs.find(id).orElseThrow().state().hasEnded());
        return id;
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON).body(body).post(PATH).then();
    }
}
