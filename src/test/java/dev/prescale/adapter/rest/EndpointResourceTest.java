package dev.prescale.adapter.rest;

import static dev.prescale.testing.Snapshots.aSnapshot;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.prescale.control.EndpointId;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.RateReading;
import dev.prescale.testing.Snapshots;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class EndpointResourceTest {
    @Inject
    FakeFleetView fleet;

    @Inject
    StateRevision revision;

    @Test
    void listsAllEndpointsByName() {
        fleet.shows(aSnapshot("shop").build(), aSnapshot("chat").build());

        given().get("/api/v1/endpoints")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("endpoints.name", contains("chat", "shop"));
    }

    @Test
    void pagesGoOnAfterTheLastOneOfThePageBefore() {
        fleet.shows(
                aSnapshot("a").build(), aSnapshot("b").build(), aSnapshot("c").build());

        given().get("/api/v1/endpoints?limit=2")
                .then()
                .statusCode(200)
                .body("endpoints.name", contains("a", "b"))
                .body("next", equalTo("test/b"));
        given().get("/api/v1/endpoints?limit=2&after=test/b")
                .then()
                .statusCode(200)
                .body("endpoints.name", contains("c"))
                .body("next", nullValue());
        given().get("/api/v1/endpoints?namespace=other").then().statusCode(200).body("endpoints", hasSize(0));
    }

    @Test
    void aPageThatCannotBeIsRefusedWithEveryFault() {
        given().get("/api/v1/endpoints?limit=0&after=b")
                .then()
                .statusCode(422)
                .body("violations.path", contains("after", "limit"));
    }

    @Test
    void withinOneCycleTheSameIsNotSentAgain() {
        fleet.shows(aSnapshot("chat").build());
        String tag = given().get("/api/v1/endpoints")
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("private, no-cache"))
                .extract()
                .header("ETag");

        given().header("If-None-Match", tag)
                .get("/api/v1/endpoints")
                .then()
                .statusCode(304)
                .header("ETag", equalTo(tag));
        revision.cycleDone(Snapshots.NOON, List.of());
        given().header("If-None-Match", tag).get("/api/v1/endpoints").then().statusCode(200);
    }

    @Test
    void anEmptyFleetIsAnEmptyList() {
        fleet.shows();

        given().get("/api/v1/endpoints").then().statusCode(200).body("endpoints", hasSize(0));
    }

    @Test
    void showsTheStateOfAnEndpoint() {
        fleet.shows(aSnapshot("chat").warnings("History is short.").build());

        given().get("/api/v1/endpoints/test/chat")
                .then()
                .statusCode(200)
                .body("namespace", equalTo("test"))
                .body("name", equalTo("chat"))
                .body("mode", equalTo("Scale"))
                .body("paused", nullValue())
                .body("scaleInPaused", equalTo(false))
                .body("at", equalTo("2024-01-01T12:00:00Z"))
                .body("requestRate", equalTo(44.0f))
                .body("currentReplicas", equalTo(3))
                .body("readyReplicas", equalTo(2))
                .body("recommendedReplicas", equalTo(5))
                .body("minReplicas", equalTo(1))
                .body("maxReplicas", equalTo(100))
                .body("gate.state", equalTo("Trusted"))
                .body("gate.since", equalTo("2024-01-01T11:00:00Z"))
                .body("gate.bestBaseline", equalTo("weekNaive"))
                .body("leadTime", equalTo("PT2M"))
                .body("leadTimeDemand.rate", equalTo(60.0f))
                .body("leadTimeDemand.source", equalTo("direct"))
                .body("leadTimeDemand.window", equalTo("PT2M15S"))
                .body("history.state", equalTo("Samples"))
                .body("history.message", nullValue())
                .body("history.observedUntil", equalTo("2024-01-01T12:00:00Z"))
                .body("history.step", equalTo("PT1M"))
                .body("horizon", equalTo("PT48H"))
                .body("lastDecision.action", equalTo("ScaleTo"))
                .body("lastDecision.replicas", equalTo(5))
                .body("lastDecision.acted", equalTo(true))
                .body("lastDecision.message", equalTo("44.0 req/s need 5 replicas at 10.0 req/s each"))
                .body("warnings", contains("History is short."));
    }

    @Test
    void nextPeakIsTheLargestMedianOfTheNextDay() {
        // 200 steps of 10 minutes reach beyond a day; the median rises by 10 req/s per step and its 144th is the last
        // in it.
        fleet.shows(aSnapshot("chat")
                .forecast(Snapshots.aForecast(Snapshots.NOON, 200))
                .build());

        given().get("/api/v1/endpoints/test/chat")
                .then()
                .body("nextPeak.at", equalTo("2024-01-02T11:50:00Z"))
                .body("nextPeak.rate", equalTo(100f + 10 * 143));
    }

    @Test
    void whatIsNotKnownIsNullAndNeverZero() {
        fleet.shows(aSnapshot("chat")
                .requestRate(new RateReading.Failed("connection refused"))
                .forecast(null)
                .leadTimeDemand(null)
                .latest(null)
                .workload(new WorkloadScale.Unknown("not found"))
                .build());

        given().get("/api/v1/endpoints/test/chat")
                .then()
                .statusCode(200)
                .body("requestRate", nullValue())
                .body("currentReplicas", nullValue())
                .body("readyReplicas", nullValue())
                .body("recommendedReplicas", nullValue())
                .body("nextPeak", nullValue())
                .body("leadTimeDemand", nullValue())
                .body("lastDecision", nullValue())
                .body("history.state", equalTo("Failed"))
                .body("history.message", equalTo("connection refused"));
    }

    @Test
    void staleHistorySaysHowOldItIs() {
        fleet.shows(aSnapshot("chat")
                .requestRate(new RateReading.Stale(Duration.ofMinutes(7)))
                .build());

        given().get("/api/v1/endpoints/test/chat")
                .then()
                .body("history.state", equalTo("Stale"))
                .body("history.message", containsString("PT7M"));
    }

    @Test
    void anUnknownEndpointIsAProblem() {
        fleet.shows();

        given().get("/api/v1/endpoints/test/nobody")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body("title", equalTo("Not Found"))
                .body("status", equalTo(404))
                .body("detail", containsString("test/nobody"));
    }

    @Test
    void aNameThatNoEndpointCanHaveIsUnknown() {
        given().get("/api/v1/endpoints/test/No%20Body").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void anEndpointBeforeItsFirstCycleAsksForPatience() {
        fleet.shows();
        fleet.knows(new EndpointId("test", "new"));

        given().get("/api/v1/endpoints/test/new")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "15")
                .body("detail", containsString("test/new"));
    }

    @Test
    void anUnknownParameterIsNamed() {
        given().get("/api/v1/endpoints?team=test")
                .then()
                .statusCode(422)
                .body("violations[0].path", equalTo("team"))
                .body("violations[0].value", equalTo("test"));
    }
}
