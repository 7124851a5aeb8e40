package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.config.ForecastRequestReader.Outcome;
import dev.prescale.config.ForecastRequestReader.PeakWindow;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastRequestReaderTest {
    private static final String LEAST = """
            {"start": "2024-01-01T00:00:00Z", "step": "PT10M", "values": [1, 2.5, null, 0], "horizon": "PT48H"}""";
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void readsTheLeastRequestWithItsDefaults() {
        var ready = (ForecastRequestReader.Ready) read(LEAST);
        assertThat(ready.request().history()).isEqualTo(RateSeries.of(START, new Step(600), 1, 2.5, Double.NaN, 0));
        assertThat(ready.request().calendar()).isEqualTo(TrafficCalendar.UTC);
        assertThat(ready.request().levels()).isEqualTo(QuantileLevels.of(0.5, 0.9, 0.95));
        assertThat(ready.request().horizonSteps()).isEqualTo(288);
        assertThat(ready.unit()).isEqualTo(RateUnit.RATE);
        assertThat(ready.peaks()).isEmpty();
    }

    @Test
    void readsTheDocumentedRequest() {
        var ready = (ForecastRequestReader.Ready) read("""
                        {"start": "2024-01-01T00:00:00Z", "step": "PT10M", "unit": "count",
                         "values": [1200, 790, null, 801],
                         "timeZone": "Europe/Berlin", "holidays": "DE",
                         "events": [{"name": "launch", "from": "2024-03-01T09:00:00Z", "to": "2024-03-01T12:00:00Z", "factor": 3.0}],
                         "horizon": "PT48H", "quantiles": [0.1, 0.5, 0.9, 0.95, 0.99],
                         "peaks": [{"from": "PT2M", "to": "PT17M"}]}
                        """);
        assertThat(ready.unit()).isEqualTo(RateUnit.COUNT);
        // 1200 requests in 600 s
        assertThat(ready.request().history().rateAt(0)).isEqualTo(2.0);
        assertThat(ready.request().calendar().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(ready.request().calendar().events()).hasSize(1);
        assertThat(ready.request().levels().size()).isEqualTo(5);
        assertThat(ready.peaks()).containsExactly(new PeakWindow(Duration.ofMinutes(2), Duration.ofMinutes(17)));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
                    "PT10M"  | "PT9S"     | step must be a duration from 10s to 1h that divides a day, such as 60s or PT5M, was PT9S
                    "PT10M"  | "PT7M"     | step must be a duration from 10s to 1h that divides a day, such as 60s or PT5M, was PT7M
                    "PT10M"  | "PT2H"     | step must be a duration from 10s to 1h that divides a day, such as 60s or PT5M, was PT2H
                    "PT10M"  | 600        | step must be a duration from 10s to 1h that divides a day, such as 60s or PT5M, was 600
                    "PT10M"  | "PT1M"     | horizon must be at most 2000 steps of 1m, was PT48H
                    "PT48H"  | "P10Y"     | horizon must be a duration from 10s to 2000h such as 30s, 5m, 2h, 28d or PT2M, was P10Y
                    "PT48H"  | "-PT1H"    | horizon must be a duration from 10s to 2000h such as 30s, 5m, 2h, 28d or PT2M, was -PT1H
                    "PT48H"  | "PT0S"     | horizon must be a duration from 10s to 2000h such as 30s, 5m, 2h, 28d or PT2M, was PT0S
                    "PT48H"  | null       | horizon is required
                    "2024-01-01T00:00:00Z" | "yesterday" | start must be an instant in ISO-8601 with offset such as 2024-01-29T08:00:00Z, was yesterday
                    "2024-01-01T00:00:00Z" | "2024-01-01T00:00:00" | start must be an instant in ISO-8601 with offset such as 2024-01-29T08:00:00Z, was 2024-01-01T00:00:00
                    "2024-01-01T00:00:00Z" | "+999999999-01-01T00:00:00Z" | start must be an instant in ISO-8601 with offset such as 2024-01-29T08:00:00Z, was +999999999-01-01T00:00:00Z
                    2.5      | -2         | values[1] must be a number from 0 to 1000000000000000 or null, was -2
                    2.5      | "2"        | values[1] must be a number from 0 to 1000000000000000 or null, was 2
                    2.5      | 1e400      | values[1] must be a number from 0 to 1000000000000000 or null, was Infinity
                    [1, 2.5, null, 0] | 7 | values must be a list of at most 100000 values, has 0, was 7
                    [1, 2.5, null, 0] | null | values is required
                    "values" | "value": 1, "values" | value is not a known key; did you mean values?, was 1
                    "values" | "unit": "Rate", "values" | unit must be one of rate, count, was Rate
                    "values" | "timeZone": "Nowhere", "values" | timeZone must be a time zone id such as UTC or Europe/Berlin, was Nowhere
                    "values" | "quantiles": [], "values" | quantiles must have 1 to 15 levels between 0 and 1, was []
                    "values" | "quantiles": [0.5, 1], "values" | quantiles[1] must be a number between 0 and 1, both excluded, was 1
                    "values" | "quantiles": [0.5, 0.5], "values" | quantiles must have distinct levels, was [0.5,0.5]
                    "values" | "peaks": [{"from": "PT2M", "to": "PT2M"}], "values" | peaks[0].from must be less than to, which is 2m, was PT2M
                    "values" | "peaks": [{"from": "PT2M", "to": "PT49H"}], "values" | peaks[0].to must be at most the horizon, which is 48h, was PT49H
                    "values" | "peaks": [{"to": "PT2M"}], "values" | peaks[0].from is required
                    """)
    void namesWhatIsWrong(String part, String replacement, String fault) {
        assertThat(faults(LEAST.replace(part, replacement))).contains(fault);
    }

    @Test
    void namesEveryFault() {
        assertThat(faults("{\"values\": [-1, -2], \"horizon\": \"x\", \"quantiles\": [2]}"))
                .hasSize(7);
    }

    @Test
    void hasABoundOnValues() {
        String values = String.join(",", Collections.nCopies(100_001, "1"));
        assertThat(faults(LEAST.replace("1, 2.5, null, 0", values)))
                .singleElement()
                .asString()
                .startsWith("values must be a list of at most 100000 values, has 100001, was [1,1,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[null, null]"})
    void nothingToForecastFromIsNoData(String values) {
        assertThat(read(LEAST.replace("[1, 2.5, null, 0]", values))).isEqualTo(new ForecastRequestReader.NoData());
    }

    @Test
    void aListIsNoRequest() {
        assertThat(faults("[]").getFirst())
                .startsWith("input must be an object with the keys start, step, unit, values");
    }

    private static Outcome read(String json) {
        return ForecastRequestReader.read(((ReadResult.Valid<JsonNode>) StrictJson.parse(json)).value());
    }

    private static List<String> faults(String json) {
        return ((ForecastRequestReader.Invalid) read(json))
                .violations().stream().map(Violation::toString).toList();
    }
}
