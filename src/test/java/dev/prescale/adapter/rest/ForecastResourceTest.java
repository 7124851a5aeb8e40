package dev.prescale.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.answer.AnswerJson;
import dev.prescale.answer.ForecastAnswer;
import dev.prescale.config.ForecastRequestReader;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.NearPeaks;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class ForecastResourceTest {
    @Test
    void theDocumentedExampleIsAnswered() throws IOException {
        JsonPath answer = post(Resources.text("forecast-request.json"))
                .statusCode(200)
                .body("origin", equalTo("2024-01-01T00:40:00Z"))
                .body("step", equalTo("PT10M"))
                .body("unit", equalTo("count"))
                .body("quantiles", contains(0.1f, 0.5f, 0.9f, 0.95f, 0.99f))
                .body("rates", hasSize(48 * 6))
                .body("peaks[0].from", equalTo("PT2M"))
                .body("peaks[0].to", equalTo("PT17M"))
                .body("peaks[0].rates", hasSize(5))
                .body("quality.samples", equalTo(3))
                .body("quality.gaps", equalTo(1))
                .body("members[0].name", not(equalTo("")))
                .extract()
                .jsonPath();

        List<List<Float>> rates = answer.getList("rates");
        assertThat(rates)
                .allSatisfy(row -> assertThat(row).hasSize(5).isSorted().allMatch(rate -> rate >= 0));
    }

    @Test
    void theSameRequestGivesTheSameBytes() {
        String request = days(8, "rate", "PT6H");

        assertThat(post(request).extract().asByteArray())
                .isEqualTo(post(request).extract().asByteArray());
    }

    /** What {@code prescale forecast --json} prints is written so. */
    @Test
    void theBytesAreThoseOfTheCommandLine() throws IOException {
        String request = days(8, "count", "PT6H");
        var asked = (ForecastRequestReader.Ready) ForecastRequestReader.read(new ObjectMapper().readTree(request));
        var answer = ForecastAnswer.of(asked, new CombinedForecaster().forecast(asked.request()), new NearPeaks());

        assertThat(post(request).extract().asString()).isEqualTo(AnswerJson.text(answer));
    }

    @Test
    void countsComeBackAsCountsAndRatesAsRates() {
        // The same traffic, once as 600 s times the rate.
        List<List<Float>> rates =
                post(days(8, "rate", "PT1H")).extract().jsonPath().getList("rates");
        List<List<Float>> counts =
                post(days(8, "count", "PT1H")).extract().jsonPath().getList("rates");

        // The request's values are the same numbers, so the answers must be, to the last bits of a division.
        assertThat(counts.getFirst().getFirst())
                .isCloseTo(rates.getFirst().getFirst(), within(rates.getFirst().getFirst() * 1e-4f));
    }

    @Test
    void seasonsAreNamedInDays() {
        post(days(15, "rate", "PT1H")).body("seasons", hasItems("P1D", "P7D")).body("rates", hasSize(6));
    }

    @Test
    void defaultsAreUtcAndThreeQuantiles() {
        post("{\"start\": \"2024-01-01T00:00:00Z\", \"step\": \"PT10M\", \"values\": [1, 2, 3], \"horizon\": \"PT20M\"}")
                .statusCode(200)
                .body("unit", equalTo("rate"))
                .body("quantiles", contains(0.5f, 0.9f, 0.95f))
                .body("rates", hasSize(2))
                .body("peaks", hasSize(0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    no horizon       | "values": [1]                                        | horizon
                    ten years        | "values": [1], "horizon": "P3650D"                   | horizon
                    negative value   | "values": [1, -1], "horizon": "PT1H"                 | values[1]
                    huge value       | "values": [1e400], "horizon": "PT1H"                 | values[0]
                    text for value   | "values": ["x"], "horizon": "PT1H"                   | values[0]
                    no such zone     | "values": [1], "horizon": "PT1H", "timeZone": "Mars" | timeZone
                    level 1          | "values": [1], "horizon": "PT1H", "quantiles": [1]   | quantiles[0]
                    unknown key      | "values": [1], "horizon": "PT1H", "horizont": 1      | horizont
                    """)
    void aFaultIsNamedByItsPath(String name, String rest, String path) {
        post("{\"start\": \"2024-01-01T00:00:00Z\", \"step\": \"PT10M\", " + rest + "}")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("title", equalTo("InvalidInput"))
                .body("violations.path", hasItems(path))
                .body("violations[0].message", not(equalTo("")));
    }

    @Test
    void everyFaultIsNamedAndNotOnlyTheFirst() {
        post("{\"start\": \"monday\", \"step\": \"PT7M\", \"values\": [-1], \"horizon\": \"soon\"}")
                .statusCode(422)
                .body("violations.path", hasItems("start", "step", "values[0]", "horizon"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []
                    [null, null]
                    """)
    void nothingToForecastFromIsNoDataAndNotZero(String values) {
        post("{\"start\": \"2024-01-01T00:00:00Z\", \"step\": \"PT10M\", \"values\": " + values
                        + ", \"horizon\": \"PT1H\"}")
                .statusCode(422)
                .body("type", equalTo("urn:prescale:problem:NoData"))
                .body("title", equalTo("NoData"))
                .body("violations[0].path", equalTo("values"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    cut off       | {"start":       | line 1, column
                    duplicate key | {"a":1, "a":2}  | Duplicate field 'a'
                    more after it | {} {}           | line 1, column 4
                    empty         | ''              | empty
                    """)
    void whatIsNoJsonIsNamedByLineAndColumn(String name, String body, String detail) {
        post(body).statusCode(400).contentType("application/problem+json").body("detail", containsString(detail));
    }

    @Test
    void deepNestingIsRefused() {
        post("[".repeat(200)).statusCode(400).body("detail", containsString("nesting depth"));
    }

    @Test
    void anotherMediaTypeIsRefused() {
        given().contentType(ContentType.XML)
                .body("<a/>")
                .post("/api/v1/forecast")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    /** Days of a sine of one day around 100 by ten minutes; in counts these are per step, in rates per second. */
    private static String days(int days, String unit, String horizon) {
        String values = IntStream.range(0, days * 144)
                .mapToObj(k -> Double.toString(100 + 50 * Math.sin(2 * Math.PI * k / 144)))
                .collect(Collectors.joining(","));
        return "{\"start\": \"2024-01-01T00:00:00Z\", \"step\": \"PT10M\", \"unit\": \"%s\", \"values\": [%s], \"horizon\": \"%s\"}"
                .formatted(unit, values, horizon);
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/forecast")
                .then();
    }
}
