package dev.prescale.adapter.rest;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.Mode;
import dev.prescale.scaling.RateReading;
import dev.prescale.testing.Specs;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class RecommendationResourceTest {
    private static final String CHAT =
            "\"targetRef\": {\"namespace\": \"test\", \"kind\": \"Deployment\", \"name\": \"chat\", \"apiVersion\": \"apps/v1\"}";

    @Inject
    FakeFleetView fleet;

    @Inject
    FakeClock clock;

    @BeforeEach
    void noon() {
        clock.show(NOON);
        fleet.shows();
        fleet.shows(aSnapshot("chat").build());
    }

    @Test
    void theTargetFindsItsEndpointAndTheReplyHasBoundsAndAReason() {
        recommend(
                        "{%s, \"constraints\": {\"minReplicas\": 1, \"maxReplicas\": 40}, \"targets\": [{\"type\": \"demand\"}]}"
                                .formatted(CHAT))
                .statusCode(200)
                .body("$", aMapWithSize(6))
                .body("targetReplicas", equalTo(5))
                .body("lowerBoundReplicas", equalTo(5))
                .body("upperBoundReplicas", equalTo(12))
                .body("timestamp", equalTo("2024-01-01T12:00:00Z"))
                .body("observedTargets.type", equalTo(List.of("demand")))
                .body("observedTargets[0].targetValue", equalTo(60f))
                .body("reason", equalTo("5 replicas for test/chat: 44.0 req/s need 5 replicas at 10.0 req/s each"));
    }

    @Test
    void allThreeStayWithinTheConstraints() {
        recommend("{%s, \"constraints\": {\"maxReplicas\": 4}}".formatted(CHAT))
                .body("targetReplicas", equalTo(4))
                .body("lowerBoundReplicas", equalTo(4))
                .body("upperBoundReplicas", equalTo(4))
                .body("reason", containsString("; 4 within the constraints of the request"));
        recommend("{%s, \"constraints\": {\"minReplicas\": \"2147483647\"}}".formatted(CHAT))
                .body("targetReplicas", equalTo(Integer.MAX_VALUE));
    }

    @Test
    void aControllerThatKnowsMoreFieldsOrLessOfTheTargetIsAnswered() {
        recommend("""
                        {"targetRef": {"namespace": "test", "kind": "Deployment", "name": "chat", "cluster": "a"},
                         "constraints": null, "targets": [{"type": "cpu", "upperBound": 0.8}], "novelty": {"a": 1}}""").statusCode(200).body("targetReplicas", equalTo(5)).body("observedTargets", empty());
    }

    @Test
    void aSettingNamesTheEndpoint() {
        recommend("{\"targetRef\": {\"namespace\": \"test\"}, \"settings\": {\"endpoint\": \"chat\"}}")
                .body("targetReplicas", equalTo(5));
        assertError(
                recommend("{\"targetRef\": {\"namespace\": \"test\"}, \"settings\": {\"endpoint\": \"Chat\"}}"),
                404,
                "There is no endpoint test/Chat.");
    }

    @Test
    void severalEndpointsOfOneTargetAreNamed() {
        ScaleTargetRef target = new ScaleTargetRef("apps/v1", "Deployment", "chat");
        fleet.shows(
                aSnapshot("chat").build(),
                aSnapshot(Specs.anEndpoint(new EndpointId("test", "second"), Mode.SCALE, target))
                        .build());

        assertError(recommend("{%s}".formatted(CHAT)), 409, "test/chat, test/second; settings.endpoint");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                           | 422 | targetRef.namespace is required; targetRef.kind is required",
                "{\"targetRef\": 3}                           | 422 | targetRef must be an object, was 3",
                "[]                                           | 422 | targetRef.namespace is required",
                "{CHAT, \"constraints\": {\"minReplicas\": 3, \"maxReplicas\": 2}} | 422 | constraints.minReplicas must be at most maxReplicas, which is 2, was 3",
                "{CHAT, \"constraints\": {\"maxReplicas\": -1}} | 422 | constraints.maxReplicas must be a whole number from 0 to 2147483647, was -1",
                "{CHAT, \"constraints\": {\"maxReplicas\": 1e300}} | 422 | constraints.maxReplicas must be a whole number",
                "{CHAT, \"settings\": {\"endpint\": \"chat\"}} | 422 | settings.endpint is not a known setting; there is endpoint, was chat",
                "{CHAT, \"targets\": {}}                      | 422 | targets must be a list of at most 100 targets",
                "{CHAT, \"targets\": [{\"type\": 1}]}         | 422 | targets[0].type must be text",
                "{\"targetRef\": {\"namespace\": \"test\", \"kind\": \"Deployment\", \"name\": \"shop\"}} | 404 | No endpoint in namespace test has Deployment shop",
                "{\"targetRef\": {\"namespace\": \"a b\", \"kind\": \"Deployment\", \"name\": \"chat\"}} | 404 | No endpoint in namespace a b"
            })
    void whatCannotBeAnsweredIsAnErrorThatTheControllerLogs(String body, int code, String sentence) {
        assertError(recommend(body.replace("CHAT", CHAT)), code, sentence);
    }

    @Test
    void whatIsNotKnownIsAnErrorWithItsReason() {
        fleet.shows();
        fleet.shows(aSnapshot("chat")
                .requestRate(new RateReading.Failed("connection refused"))
                .build());
        assertError(recommend("{%s}".formatted(CHAT)), 503, "connection refused");

        fleet.shows(aSnapshot("chat").build());
        clock.show(NOON.plusSeconds(121));
        assertError(recommend("{%s}".formatted(CHAT)), 503, "PT2M1S old");
    }

    @Test
    void whatIsNoMessageAtAllIsAProblem() {
        recommend("{\"targetRef\": ").statusCode(400).contentType("application/problem+json");
        recommend("{\"a\": \"%s\"}".formatted("x".repeat(70_000)))
                .statusCode(413)
                .body("detail", equalTo("The body must be at most 65536 bytes."));
        given().get("/api/v1/recommendation").then().statusCode(405).header("Allow", equalTo("POST"));
    }

    private static ValidatableResponse recommend(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/v1/recommendation")
                .then();
    }

    private static void assertError(ValidatableResponse response, int code, String sentence) {
        response.statusCode(200)
                .body("$", aMapWithSize(1))
                .body("error.code", equalTo(code))
                .body("error.message", containsString(sentence));
    }
}
