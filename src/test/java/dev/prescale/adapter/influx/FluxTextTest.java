package dev.prescale.adapter.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleKind;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FluxTextTest {
    private final FluxText flux = new FluxText();

    @Test
    void countsAreSummedPerSeriesAndThenPerTagSet() {
        assertThat(text(Sources.source(SampleKind.COUNT, Map.of("service", "chat"))))
                .isEqualTo("""
                from(bucket: "traffic")
                  |> range(start: 2024-01-01T00:00:00Z, stop: 2024-01-01T00:10:00Z)
                  |> filter(fn: (r) => r["_measurement"] == "http_requests" and r["_field"] == "count")
                  |> filter(fn: (r) => r["service"] == "chat")
                  |> aggregateWindow(every: 60s, fn: sum, createEmpty: false, timeSrc: "_start")
                  |> toFloat()
                  |> group(columns: ["service"])
                  |> aggregateWindow(every: 60s, fn: sum, createEmpty: false, timeSrc: "_start")
                  |> drop(columns: ["_start", "_stop", "_measurement", "_field"])
                  |> rename(columns: {"service": "__tag0"})
                """);
    }

    @Test
    void ratesAreAveragedPerSeriesAndThenSummed() {
        assertThat(text(Sources.source(SampleKind.RATE, Map.of()))).isEqualTo("""
                from(bucket: "traffic")
                  |> range(start: 2024-01-01T00:00:00Z, stop: 2024-01-01T00:10:00Z)
                  |> filter(fn: (r) => r["_measurement"] == "http_requests" and r["_field"] == "count")
                  |> aggregateWindow(every: 60s, fn: mean, createEmpty: false, timeSrc: "_start")
                  |> toFloat()
                  |> group(columns: [])
                  |> aggregateWindow(every: 60s, fn: sum, createEmpty: false, timeSrc: "_start")
                  |> drop(columns: ["_start", "_stop", "_measurement", "_field"])
                """);
    }

    @Test
    void countersAreDifferencedFromFiveStepsEarlierAndStayPerSeries() {
        assertThat(text(Sources.source(SampleKind.COUNTER, Map.of("service", "chat"))))
                .isEqualTo("""
                from(bucket: "traffic")
                  |> range(start: 2023-12-31T23:55:00Z, stop: 2024-01-01T00:10:00Z)
                  |> filter(fn: (r) => r["_measurement"] == "http_requests" and r["_field"] == "count")
                  |> filter(fn: (r) => r["service"] == "chat")
                  |> toFloat()
                  |> difference(nonNegative: true, initialZero: true, keepFirst: true)
                  |> fill(value: 0.0)
                  |> aggregateWindow(every: 60s, fn: sum, createEmpty: false, timeSrc: "_start")
                  |> drop(columns: ["_start", "_stop", "_measurement", "_field"])
                  |> rename(columns: {"service": "__tag0"})
                """);
    }

    @Test
    void manyTagSetsAreOneBalancedPredicate() {
        TrafficSource[] four = IntStream.range(0, 4)
                .mapToObj(k -> Sources.source(SampleKind.COUNT, Map.of("service", "s" + k, "zone", "a")))
                .toArray(TrafficSource[]::new);
        assertThat(text(four))
                .contains("fn: (r) => ((r[\"service\"] == \"s0\" and r[\"zone\"] == \"a\") or"
                        + " (r[\"service\"] == \"s1\" and r[\"zone\"] == \"a\")) or"
                        + " ((r[\"service\"] == \"s2\" and r[\"zone\"] == \"a\") or"
                        + " (r[\"service\"] == \"s3\" and r[\"zone\"] == \"a\")))");
    }

    @ParameterizedTest
    @MethodSource
    void namesAreQuoted(String name, String literal) {
        assertThat(FluxText.quoted(name)).isEqualTo(literal);
    }

    static Stream<Arguments> namesAreQuoted() {
        return Stream.of(
                arguments("plain", "\"plain\""),
                arguments("it's", "\"it's\""),
                arguments("a\"b", "\"a\\\"b\""),
                arguments("a\\b", "\"a\\\\b\""),
                arguments("\") |> to(bucket: \"b", "\"\\\") |> to(bucket: \\\"b\""),
                arguments("${r._value}", "\"\\${r._value}\""),
                arguments("a\nb\r\tc\0", "\"a\\x0ab\\x0d\\x09c\\x00\""),
                arguments("Übergröße-東京-🚀", "\"Übergröße-東京-🚀\""));
    }

    @Test
    void everyNameOfASourceIsQuoted() {
        TrafficSource hostile =
                new TrafficSource("b\"", "m\"", "f\"", Map.of("t\"", "v\""), SampleKind.COUNT, Sources.MINUTE, null);
        assertThat(text(hostile))
                .contains("bucket: \"b\\\"\"", "== \"m\\\"\"", "== \"f\\\"\"", "r[\"t\\\"\"] == \"v\\\"\"")
                .contains("group(columns: [\"t\\\"\"])", "{\"t\\\"\": \"__tag0\"}");
    }

    @Test
    void anOwnQueryGetsItsRangeAndStep() {
        TrafficSource own = Sources.own(SampleKind.COUNT, """
                from(bucket: "b") |> range(start: v.timeRangeStart, stop: v.timeRangeStop)
                  |> aggregateWindow(every: v.windowPeriod, fn: sum, timeSrc: "_start")""");
        assertThat(flux.refusal(own)).isEmpty();
        assertThat(text(own)).isEqualTo("""
                from(bucket: "b") |> range(start: 2024-01-01T00:00:00Z, stop: 2024-01-01T00:10:00Z)
                  |> aggregateWindow(every: 60s, fn: sum, timeSrc: "_start")""");
    }

    @Test
    void anOwnQueryMustUseTheRange() {
        TrafficSource own = Sources.own(SampleKind.COUNT, "from(bucket: \"b\") |> range(start: -30d)");
        assertThat(flux.refusal(own))
                .contains("the query must read range(start: v.timeRangeStart, stop: v.timeRangeStop)");
    }

    private String text(TrafficSource... sources) {
        SourceBatch batch = Sources.batch(flux, sources);
        return flux.rates(batch, batch.source().grid());
    }
}
