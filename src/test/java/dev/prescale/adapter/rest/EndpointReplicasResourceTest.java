package dev.prescale.adapter.rest;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aDecision;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.EndpointSpec;
import dev.prescale.testing.Specs;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The history of {@code Snapshots}: 0, 1, 2 ... 59 req/s in the minutes from 11:00, with a gap at 11:30; 10 req/s per replica. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class EndpointReplicasResourceTest {
    private static final EndpointSpec SPEC = Specs.anEndpoint("replicas");

    @Inject
    FakeFleetView fleet;

    @Inject
    DecisionLog journal;

    @BeforeEach
    void showOneEndpoint() {
        fleet.shows(aSnapshot(SPEC).build());
    }

    @Test
    void showsWhatTargetTrackingAloneWouldHaveHad() {
        // The sample in force at 11:20 is the 19 req/s of the minute before: two replicas. At noon 59 req/s ask for
        // six.
        get("?from=2024-01-01T11:20:00Z&to=2024-01-01T12:10:00Z&step=PT20M")
                .statusCode(200)
                .body("endpoint", equalTo("test/replicas"))
                .body("start", equalTo("2024-01-01T11:20:00Z"))
                .body("step", equalTo("PT20M"))
                .body("targetTracking", contains(2, 4, 6));
    }

    @Test
    void showsWhatTheJournalTells() {
        // Readiness in Snapshots' decisions is 2; nothing tells of 08:00, and at 10:00 the last word is too old.
        journal.append(aDecision(SPEC, NOON.minus(Duration.ofMinutes(225)), 2, 3));
        journal.append(aDecision(SPEC, NOON.minus(Duration.ofMinutes(30)), 3, 7));

        get("?from=2024-01-01T08:00:00Z&to=2024-01-01T12:30:00Z&step=PT30M")
                .body("decided", contains(null, 3, 3, null, null, null, null, 7, 7))
                .body("ready", contains(null, 2, 2, null, null, null, null, 2, 2));
    }

    @Test
    void theFutureIsNotKnown() {
        get("?from=2024-01-01T12:01:00Z&to=2024-01-01T13:00:00Z")
                .body("targetTracking", hasSize(59))
                .body("targetTracking", everyItem(nullValue()))
                .body("decided", everyItem(nullValue()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    no instant     | from=yesterday                                    | from | ISO-8601 instant
                    backwards      | from=2024-01-02T00:00:00Z&to=2024-01-01T00:00:00Z | from | must be before to
                    ten years      | from=2014-01-01T00:00:00Z                         | from | at most PT833H20M before to
                    odd step       | step=PT7S                                         | step | whole multiple of PT1M
                    no parameter   | until=2024-01-01T00:00:00Z                        | until | not a known parameter
                    """)
    void aBadParameterIsNamedWithItsRange(String name, String query, String parameter, String range) {
        get("?" + query)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations[0].path", equalTo(parameter))
                .body("violations[0].message", containsString(range));
    }

    @Test
    void anUnknownEndpointIsNotFound() {
        given().get("/api/v1/endpoints/test/nobody/replicas").then().statusCode(404);
    }

    private static ValidatableResponse get(String query) {
        return given().get("/api/v1/endpoints/test/replicas/replicas" + query).then();
    }
}
