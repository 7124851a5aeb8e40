package dev.prescale.adapter.rest;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.prescale.accuracy.GateStatus;
import dev.prescale.scaling.RateReading;
import dev.prescale.testing.Snapshots;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class MetricResourceTest {
    @Inject
    FakeFleetView fleet;

    @Inject
    FakeClock clock;

    @Test
    void demandIsWhatReplicasAreSizedFor() {
        shows(aSnapshot("chat"));

        get("").statusCode(200)
                .body("value", equalTo(60f))
                .body("metric", equalTo("demand"))
                .body("unit", equalTo("req/s"))
                .body("target", equalTo(10f))
                .body("at", equalTo("2024-01-01T12:00:00Z"));
    }

    /** KEDA takes {@code valueLocation} as a path into the answer; what lies there must be a number. */
    @Test
    void kedaFindsTheNumberWhereTheManifestSaysThatItIs() throws IOException {
        shows(aSnapshot("chat"));
        JsonNode trigger = new YAMLMapper()
                .readTree(Path.of("k8s/overlays/keda/scaled-object.yaml").toFile())
                .at("/spec/triggers/0/metadata");

        String path = trigger.get("url")
                .asText()
                .replace("http://prescale.prescale", "")
                .replace("/inference/", "/test/");

        given().get(path)
                .then()
                .statusCode(200)
                .body(trigger.get("valueLocation").asText(), equalTo(60f));
        given().get(path.replace("/chat/", "/shop/")).then().statusCode(404);
    }

    @Test
    void demandIsNeverBelowThePresentRate() {
        shows(aSnapshot("chat").requestRate(new RateReading.Known(75)));

        get("").body("value", equalTo(75f));
    }

    @Test
    void replicasAreThoseOfTheLastDecision() {
        shows(aSnapshot("chat"));

        get("?metric=replicas").body("value", equalTo(5f)).body("unit", equalTo("replicas"));
    }

    @Test
    void aDistrustedForecastIsAProblemAndTheReplicasStillStand() {
        shows(aSnapshot("chat").gate(new GateStatus(GateStatus.State.DISTRUSTED, NOON, 2, "weekNaive", 1)));

        assertRefused(get(""), "distrusted since 2024-01-01T12:00:00Z: it was worse than weekNaive");
        get("?metric=replicas").statusCode(200);
    }

    @Test
    void missingHistoryIsAProblemForBoth() {
        shows(aSnapshot("chat").requestRate(new RateReading.Failed("connection refused")));

        assertRefused(get(""), "connection refused");
        assertRefused(get("?metric=replicas"), "connection refused");

        shows(aSnapshot("chat").requestRate(new RateReading.Stale(Duration.ofMinutes(9))));
        assertRefused(get(""), "PT9M old");
    }

    @Test
    void anOutageOfTheHistoryIsBridgedByTheLastNumberForTwoMinutes() {
        shows(aSnapshot("chat"));
        Instant later = NOON.plusSeconds(15);
        fleet.shows(aSnapshot("chat")
                .at(later)
                .requestRate(new RateReading.Failed("connection refused"))
                .build());

        clock.show(NOON.plusSeconds(120));
        get("").statusCode(200).body("value", equalTo(60f)).body("at", equalTo("2024-01-01T12:00:00Z"));
        get("?metric=replicas").statusCode(200);

        clock.show(NOON.plusSeconds(121));
        assertRefused(get(""), "connection refused");
        assertRefused(get("?metric=replicas"), "connection refused");
    }

    @Test
    void withoutALeadTimeDemandThereIsAProblemAndNoZero() {
        shows(aSnapshot("chat").leadTimeDemand(null).warnings("The history is 3 hours long."));

        assertRefused(get(""), "The history is 3 hours long.");
    }

    @Test
    void aCycleOfLongAgoIsAProblem() {
        shows(aSnapshot("chat"));
        clock.show(Snapshots.NOON.plusSeconds(121));

        assertRefused(get(""), "PT2M1S old");
        assertRefused(get("?metric=replicas"), "PT2M1S old");
    }

    @Test
    void anUnknownMetricIsNamed() {
        shows(aSnapshot("chat"));

        get("?metric=cpu").statusCode(422).body("violations[0].message", containsString("demand or replicas"));
    }

    private void shows(Snapshots snapshot) {
        clock.show(NOON);
        // what an earlier test knew of the endpoint is forgotten
        fleet.shows();
        fleet.shows(snapshot.build());
    }

    private static ValidatableResponse get(String query) {
        return given().get("/api/v1/endpoints/test/chat/metric" + query).then();
    }

    private static void assertRefused(ValidatableResponse response, String detail) {
        response.statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("15"))
                .body("detail", containsString(detail));
    }
}
