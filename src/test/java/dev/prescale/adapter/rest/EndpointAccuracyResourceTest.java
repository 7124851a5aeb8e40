package dev.prescale.adapter.rest;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aScore;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.prescale.accuracy.Coverage;
import dev.prescale.accuracy.GateStatus;
import dev.prescale.accuracy.HorizonBucket;
import dev.prescale.control.EndpointAccuracy;
import dev.prescale.control.EndpointId;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The next hour is judged and trusted; of tomorrow not enough is known for a gate. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class EndpointAccuracyResourceTest {
    private static final GateStatus TRUSTED = new GateStatus(GateStatus.State.TRUSTED, NOON, 0.8, "weekNaive", 1.6);

    @Inject
    FakeFleetView fleet;

    @BeforeEach
    void showOneEndpoint() {
        EndpointAccuracy.LeadTimeScore demand = new EndpointAccuracy.LeadTimeScore(
                TRUSTED, Coverage.of(0.95), Map.of("weekNaive", 1.6, "persistence", 2.0));
        fleet.shows(aSnapshot("chat")
                .gate(TRUSTED)
                .accuracy(new EndpointAccuracy(
                        demand,
                        List.of(aScore(HorizonBucket.WITHIN_1H, TRUSTED), aScore(HorizonBucket.FROM_24H_TO_48H, null))))
                .build());
    }

    @Test
    void theLeadTimeDemandIsShownBesideEachBaseline() {
        get("").statusCode(200)
                .body("endpoint", equalTo("test/chat"))
                .body("at", equalTo("2024-01-01T12:00:00Z"))
                .body("leadTimeDemand.window", equalTo("PT2M15S"))
                .body("leadTimeDemand.quantile", equalTo(0.95f))
                .body("leadTimeDemand.outcomes", equalTo(0))
                .body("leadTimeDemand.coverage", nullValue())
                .body("leadTimeDemand.baselineLosses.persistence", equalTo(2f))
                .body("leadTimeDemand.baselineLosses.weekNaive", equalTo(1.6f))
                .body("leadTimeDemand.gate.state", equalTo("Trusted"))
                .body("leadTimeDemand.gate.loss", equalTo(0.8f));
    }

    @Test
    void everyPartOfTheHorizonHasItsScores() {
        get("").body("quantiles", contains(0.5f, 0.9f, 0.95f, 0.99f))
                .body("horizons", hasSize(2))
                .body("horizons[0].from", equalTo("PT0S"))
                .body("horizons[0].to", equalTo("PT1H"))
                .body("horizons[0].outcomes", equalTo(40))
                .body("horizons[0].meanAbsoluteError", equalTo(3f))
                .body("horizons[0].pinball", contains(1.5f, 1f, 0.5f, 0.25f))
                .body("horizons[0].coverage", equalTo(0.95f))
                .body("horizons[0].gate.state", equalTo("Trusted"))
                .body("horizons[0].gate.baselineLoss", equalTo(1.6f))
                .body("horizons[0].baselines.name", contains("persistence", "dayNaive", "weekNaive"))
                .body("horizons[0].baselines[2].meanAbsoluteError", equalTo(6f))
                .body("horizons[0].baselines[2].relativeAbsoluteError", equalTo(0.5f))
                .body("horizons[0].baselines[2].relativePinball", contains(0.5f, 0.5f, 0.5f, 0.5f))
                .body("horizons[1].from", equalTo("PT24H"))
                .body("horizons[1].to", equalTo("PT48H"));
    }

    @Test
    void whatIsNotKnownIsNullAndNoZero() {
        get("").body("horizons[1].gate", nullValue())
                .body("horizons[0].baselines[1].meanAbsoluteError", nullValue())
                .body("horizons[0].baselines[1].relativeAbsoluteError", nullValue())
                .body("horizons[0].baselines[1].relativePinball[3]", nullValue());

        fleet.shows(aSnapshot("chat")
                .leadTimeDemand(null)
                .gate(GateStatus.unknown(NOON))
                .build());
        get("").statusCode(200)
                .body("horizons", hasSize(0))
                .body("leadTimeDemand.window", nullValue())
                .body("leadTimeDemand.gate.state", equalTo("Distrusted"))
                .body("leadTimeDemand.gate.loss", nullValue());
    }

    @Test
    void anUnknownEndpointIsNotFound() {
        given().get("/api/v1/endpoints/test/nobody/accuracy")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void beforeTheFirstCycleThereIsNothingYet() {
        fleet.knows(new EndpointId("test", "new"));

        given().get("/api/v1/endpoints/test/new/accuracy")
                .then()
                .statusCode(503)
                .header("Retry-After", equalTo("15"));
    }

    @Test
    void aParameterThatIsNotKnownIsRefused() {
        get("?from=x")
                .statusCode(422)
                .body("violations[0].path", equalTo("from"))
                .body("violations[0].message", containsString("not a known parameter"));
    }

    private static ValidatableResponse get(String query) {
        return given().get("/api/v1/endpoints/test/chat/accuracy" + query).then();
    }
}
