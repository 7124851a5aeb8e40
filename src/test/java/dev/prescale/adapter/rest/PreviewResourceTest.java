package dev.prescale.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class PreviewResourceTest {
    @Test
    void theDocumentedExampleIsDecided() throws IOException {
        // 44 req/s need 5 replicas at 10 each; cpu 0.81 on 3 replicas at a target of 0.7 needs 4; the forecast is off.
        post(Resources.text("preview-request.json"))
                .statusCode(200)
                .body("replicas", equalTo(5))
                .body("currentReplicas", equalTo(3))
                .body("action", equalTo("ScaleTo"))
                .body("recommended", equalTo(5))
                .body("proposals.rule", hasItems("requestRate", "cpu", "forecast"))
                .body("proposals.find { it.rule == 'requestRate' }.replicas", equalTo(5))
                .body("proposals.find { it.rule == 'cpu' }.replicas", equalTo(4))
                .body("proposals.find { it.rule == 'forecast' }.replicas", nullValue())
                .body("proposals.find { it.rule == 'forecast' }.reason", equalTo("Disabled"))
                .body("trail.code", hasItem("TargetTracking"));
    }

    @Test
    void aForecastStartsReplicasBeforeTheTraffic() {
        // 60 req/s at the sizing level 0.95 need 6 replicas, 20 req/s now need 2.
        post(request("\"requestRate\": 20", ", \"forecast\": " + forecast("[0.5, 0.95]", "[40, 60]")))
                .statusCode(200)
                .body("replicas", equalTo(6))
                .body("trail.code", hasItem("ForecastPreScale"));
    }

    @Test
    void theLargestStepWithinTheLeadTimeAndOneCycleCounts() {
        // 2 minutes and 15 s from now touch the third minute (80) and not the fourth (150).
        String rows = forecast("[0.95]", "[40], [60], [80], [150]");

        post(request("\"requestRate\": 20", ", \"forecast\": " + rows)).body("replicas", equalTo(8));
    }

    @Test
    void whereTheSizingLevelIsMissingTheNextHigherOneCounts() {
        // 0.95 is not there: 0.99 (70) counts and 0.9 (50) does not.
        post(request("\"requestRate\": 20", ", \"forecast\": " + forecast("[0.99, 0.5, 0.9]", "[70, 40, 50]")))
                .body("replicas", equalTo(7));
    }

    @Test
    void whereNoLevelIsHighEnoughTheHighestCounts() {
        post(request("\"requestRate\": 20", ", \"forecast\": " + forecast("[0.5, 0.9]", "[40, 50]")))
                .body("replicas", equalTo(5));
    }

    @Test
    void aDistrustedForecastStartsNothing() {
        post(request(
                        "\"requestRate\": 20",
                        ", \"gate\": \"Distrusted\", \"forecast\": " + forecast("[0.5, 0.95]", "[40, 60]")))
                .body("replicas", equalTo(2))
                .body("action", equalTo("Hold"))
                .body("proposals.find { it.rule == 'forecast' }.replicas", nullValue());
    }

    @Test
    void aForecastThatDoesNotCoverNowIsNone() {
        String past =
                "{\"origin\": \"2024-01-29T07:00:00Z\", \"step\": \"PT1M\", \"quantiles\": [0.95], \"rates\": [[90]]}";

        post(request("\"requestRate\": 20", ", \"forecast\": " + past))
                .body("replicas", equalTo(2))
                .body("proposals.find { it.rule == 'forecast' }.replicas", nullValue());
    }

    @Test
    void aSeriesIsForecastFirst() {
        // A constant 60 req/s for three hours: whatever member speaks, the peak of the next minutes is 60.
        String values = "60,".repeat(179) + "60";
        String series = "{\"start\": \"2024-01-29T05:00:00Z\", \"step\": \"PT1M\", \"values\": [" + values + "]}";

        post(request("\"requestRate\": 20", ", \"gate\": \"Trusted\", \"series\": " + series))
                .statusCode(200)
                .body("proposals.find { it.rule == 'forecast' }.replicas", equalTo(6));
    }

    @Test
    void aMissingRateIsNoDataAndNotZero() {
        post(request("\"requestRate\": null", ""))
                .statusCode(200)
                .body("replicas", equalTo(2))
                .body("action", equalTo("Hold"))
                .body("trail.code", hasItem("NoData"));
    }

    @Test
    void everyFaultIsNamed() {
        post("""
                        {"spec": {"minReplicas": 5, "maxReplicas": 2, "capacity": {"perReplica": {"requestRate": -1}}},
                         "now": "noon", "observation": {"currentReplicas": -3}}""")
                .statusCode(422)
                .contentType("application/problem+json")
                .body(
                        "violations.path",
                        hasItems("spec.capacity.perReplica.requestRate", "now", "observation.currentReplicas"));
    }

    @Test
    void forecastAndSeriesTogetherAreRefused() {
        post(request(
                        "\"requestRate\": 20",
                        ", \"forecast\": " + forecast("[0.95]", "[60]")
                                + ", \"series\": {\"start\": \"2024-01-29T05:00:00Z\", \"step\": \"PT1M\", \"values\": [1]}"))
                .statusCode(422)
                .body("violations.path", contains("series"));
    }

    private static String forecast(String quantiles, String rows) {
        return "{\"origin\": \"2024-01-29T08:00:00Z\", \"step\": \"PT1M\", \"quantiles\": %s, \"rates\": [%s]}"
                .formatted(quantiles, rows.startsWith("[") ? rows : "[" + rows + "]");
    }

    /** 2 replicas of 10 req/s each, lead time 2 minutes, no stabilization and no replica-change policy in the way. */
    private static String request(String rate, String more) {
        return """
               {"spec": {"minReplicas": 1, "maxReplicas": 20,
                         "capacity": {"perReplica": {"requestRate": 10, "targetUtilization": 1.0}},
                         "behavior": {"scaleUp": {"policies": [{"percent": 1000, "period": "15s"}]}}},
                "now": "2024-01-29T08:00:00Z",
                "observation": {"currentReplicas": 2, "readyReplicas": 2, %s},
                "leadTime": "PT2M"%s}""".formatted(rate, more);
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/preview")
                .then();
    }
}
