package dev.prescale.adapter.rest;

import static dev.prescale.testing.Snapshots.aSnapshot;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forecast of {@code Snapshots}: medians 100, 110, 120 ... per 10 minutes from noon, 95 % level 20 above. */
@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class EndpointForecastResourceTest {
    @Inject
    FakeFleetView fleet;

    @BeforeEach
    void showOneEndpoint() {
        fleet.shows(aSnapshot("chat").build());
    }

    @Test
    void answersSixHoursInTheForecastsOwnSteps() {
        get("").statusCode(200)
                .body("endpoint", equalTo("test/chat"))
                .body("origin", equalTo("2024-01-01T12:00:00Z"))
                .body("age", equalTo("PT0S"))
                .body("start", equalTo("2024-01-01T12:00:00Z"))
                .body("step", equalTo("PT10M"))
                .body("quantiles", contains(0.5f, 0.9f, 0.95f))
                .body("rates", hasSize(36))
                .body("rates[0][0]", equalTo(100f))
                .body("rates[1][2]", equalTo(130f))
                // 120 req/s at the 95 % level over 10 req/s each, then 130
                .body("requiredReplicas[0]", equalTo(12))
                .body("requiredReplicas[1]", equalTo(13))
                .body("sizing.quantile", equalTo(0.95f))
                .body("sizing.requestRate", equalTo(10f))
                .body("members.name", contains("weekNaive", "levelShape"))
                .body("seasons", contains("P1D", "P7D"))
                .body("gate.state", equalTo("Trusted"));
    }

    @Test
    void interpolatesBetweenTheLevelsOfTheForecast() {
        // Half way from 0.5 (100) to 0.95 (120).
        get("?quantiles=0.725").body("rates[0][0]", equalTo(110f));
    }

    @Test
    void aCoarserRowIsTheMeanAndNeedsTheReplicasOfItsLargestStep() {
        // 100, 110 and 120 req/s; at the 95 % level 120, 130 and 140.
        get("?step=PT30M&horizon=PT1H&quantiles=0.5")
                .body("rates", hasSize(2))
                .body("rates[0][0]", equalTo(110f))
                .body("requiredReplicas[0]", equalTo(14));
    }

    @Test
    void aFinerRowRepeatsItsStep() {
        get("?step=PT5M&horizon=PT20M&quantiles=0.5")
                .body("rates", hasSize(4))
                .body("rates[0][0]", equalTo(100f))
                .body("rates[1][0]", equalTo(100f))
                .body("rates[2][0]", equalTo(110f));
    }

    @Test
    void endsWhereTheForecastEnds() {
        get("?horizon=PT12H").statusCode(200).body("rates", hasSize(36));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    ten years      | horizon   | P3650D | at most PT48H
                    nothing        | horizon   | PT0S   | longer than PT0S
                    no duration    | horizon   | 6h     | ISO-8601 duration
                    odd step       | step      | PT7M   | whole multiple or a whole part of PT10M
                    long step      | step      | PT2H   | whole multiple or a whole part of PT10M
                    level too high | quantiles | 0.99   | levels from 0.1 to 0.95
                    not a level    | quantiles | NaN    | levels from 0.1 to 0.95
                    no level       | quantiles | a,b    | numbers separated by commas
                    unknown        | until     | x      | not a known parameter
                    """)
    void aBadParameterIsNamedWithItsRange(String name, String parameter, String value, String range) {
        get("?" + parameter + "=" + value)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations[0].path", equalTo(parameter))
                .body("violations[0].message", containsString(range));
    }

    @Test
    void everyBadParameterIsNamed() {
        get("?horizon=P3650D&step=PT7M&quantiles=2").body("violations.path", contains("horizon", "step", "quantiles"));
    }

    @Test
    void tooManyRowsAreRefusedWithTheStepThatWouldDo() {
        // 12 hours by the second are 43,200 rows.
        get("?step=PT1S&horizon=PT12H")
                .statusCode(422)
                .body("violations[0].path", equalTo("step"))
                .body("violations[0].message", containsString("at least 9 s"));
    }

    @Test
    void withoutAForecastThereIsAProblemAndNoZero() {
        fleet.shows(aSnapshot("chat")
                .forecast(null)
                .warnings("The history is 3 hours long.")
                .build());

        get("").statusCode(503)
                .header("Retry-After", equalTo("60"))
                .body("detail", containsString("The history is 3 hours long."));
    }

    private static ValidatableResponse get(String query) {
        return given().urlEncodingEnabled(false)
                .get("/api/v1/endpoints/test/chat/forecast" + query)
                .then();
    }
}
