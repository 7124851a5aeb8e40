package dev.prescale.adapter.rest;

import static dev.prescale.testing.Snapshots.aSnapshot;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The history of {@code Snapshots}: 0, 1, 2 ... 59 req/s in the minutes from 11:00, with a gap at 11:30. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class EndpointHistoryResourceTest {
    @Inject
    FakeFleetView fleet;

    @BeforeEach
    void showOneEndpoint() {
        fleet.shows(aSnapshot("chat").build());
    }

    @Test
    void showsGapsAsNull() {
        get("?from=2024-01-01T11:28:00Z&to=2024-01-01T11:32:00Z")
                .statusCode(200)
                .body("endpoint", equalTo("test/chat"))
                .body("start", equalTo("2024-01-01T11:28:00Z"))
                .body("step", equalTo("PT1M"))
                .body("rates", contains(equalTo(28f), equalTo(29f), nullValue(), equalTo(31f)));
    }

    @Test
    void aTimeThatIsNotHeldIsNotKnown() {
        get("?from=2024-01-01T10:59:00Z&to=2024-01-01T11:02:00Z")
                .body("rates", contains(nullValue(), equalTo(0f), equalTo(1f)));
    }

    @Test
    void showsADayByDefault() {
        get("").body("start", equalTo("2023-12-31T12:00:00Z")).body("rates", hasSize(24 * 60));
    }

    @Test
    void aCoarserStepIsTheMean() {
        // 0, 1, 2, 3, 4 and then 5, 6, 7, 8, 9.
        get("?from=2024-01-01T11:00:00Z&to=2024-01-01T11:10:00Z&step=PT5M").body("rates", contains(2f, 7f));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    no instant     | from=yesterday                                    | from | ISO-8601 instant
                    backwards      | from=2024-01-02T00:00:00Z&to=2024-01-01T00:00:00Z | from | must be before to
                    ten years      | from=2014-01-01T00:00:00Z                         | from | at most PT833H20M before to
                    odd step       | step=PT7S                                         | step | whole multiple of PT1M
                    twice          | step=PT5M&step=PT6M                               | step | given once
                    """)
    void aBadParameterIsNamedWithItsRange(String name, String query, String parameter, String range) {
        get("?" + query)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations[0].path", equalTo(parameter))
                .body("violations[0].message", containsString(range));
    }

    private static ValidatableResponse get(String query) {
        return given().get("/api/v1/endpoints/test/chat/history" + query).then();
    }
}
