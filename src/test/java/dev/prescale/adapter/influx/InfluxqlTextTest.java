package dev.prescale.adapter.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleKind;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfluxqlTextTest {
    private static final String RANGE = "time >= '2024-01-01T00:00:00Z' AND time < '2024-01-01T00:10:00Z'";
    private static final String EARLIER = "time >= '2023-12-31T23:55:00Z' AND time < '2024-01-01T00:10:00Z'";

    private final InfluxqlText influxql = new InfluxqlText();

    @Test
    void countsAreSummedPerTagSet() {
        assertThat(text(
                        Sources.source(SampleKind.COUNT, Map.of("service", "a")),
                        Sources.source(SampleKind.COUNT, Map.of("service", "b"))))
                .isEqualTo("SELECT sum(\"count\") AS total FROM \"http_requests\""
                        + " WHERE ((\"service\" = 'a') OR (\"service\" = 'b')) AND " + RANGE
                        + " GROUP BY time(60s), \"service\" fill(none)");
    }

    @Test
    void ratesAreAveragedPerSeriesAndThenSummed() {
        assertThat(text(Sources.source(SampleKind.RATE, Map.of())))
                .isEqualTo(
                        "SELECT sum(total) AS total FROM (SELECT mean(\"count\") AS total FROM \"http_requests\" WHERE "
                                + RANGE + " GROUP BY time(60s), * fill(none)) WHERE " + RANGE
                                + " GROUP BY time(60s) fill(none)");
    }

    @Test
    void countersAreDifferencedInThreeStatementsFromFiveStepsEarlier() {
        String where = "((\"service\" = 'a')) AND " + EARLIER;
        String rows = "\"http_requests\" WHERE " + where + " GROUP BY *";
        String perStep = " WHERE " + where + " GROUP BY time(60s), * fill(none)";
        assertThat(text(Sources.source(SampleKind.COUNTER, Map.of("service", "a"))))
                .isEqualTo("SELECT count(\"count\") * 0 AS total FROM \"http_requests\"" + perStep + ";\n"
                        + "SELECT sum(rise) AS total FROM (SELECT non_negative_difference(\"count\") AS rise FROM "
                        + rows
                        + ")" + perStep + ";\n"
                        + "SELECT sum(rise) AS total FROM (SELECT m + d / 2 AS rise FROM (SELECT difference(\"count\") AS"
                        + " d, moving_average(\"count\", 2) AS m FROM " + rows + ") WHERE d < 0 AND " + EARLIER
                        + " GROUP BY *)" + perStep);
    }

    @ParameterizedTest
    @MethodSource
    void namesAndValuesAreQuoted(String text, String identifier, String literal) {
        assertThat(InfluxqlText.identifier(text)).isEqualTo(identifier);
        assertThat(InfluxqlText.literal(text)).isEqualTo(literal);
    }

    static Stream<Arguments> namesAndValuesAreQuoted() {
        return Stream.of(
                arguments("plain", "\"plain\"", "'plain'"),
                arguments("it's", "\"it's\"", "'it\\'s'"),
                arguments("a\"b", "\"a\\\"b\"", "'a\"b'"),
                arguments("a\\b", "\"a\\\\b\"", "'a\\\\b'"),
                arguments("\\'; DROP DATABASE x", "\"\\\\'; DROP DATABASE x\"", "'\\\\\\'; DROP DATABASE x'"),
                arguments("a\nb", "\"a\\nb\"", "'a\\nb'"),
                arguments("${x}", "\"${x}\"", "'${x}'"),
                arguments("東京-🚀", "\"東京-🚀\"", "'東京-🚀'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\0b"})
    void whatInfluxqlCannotExpressIsRefused(String value) {
        assertThat(influxql.refusal(Sources.source(SampleKind.COUNT, Map.of("service", value))))
                .contains("a name or tag value has a control character that InfluxQL cannot express");
    }

    @Test
    void anOwnQueryGetsItsRangeAndStep() {
        TrafficSource own = Sources.own(
                SampleKind.COUNT, "select sum(f) from m where $timeFilter group by time($interval) fill(none)");
        assertThat(influxql.refusal(own)).isEmpty();
        assertThat(text(own)).isEqualTo("select sum(f) from m where " + RANGE + " group by time(60s) fill(none)");
    }

    @ParameterizedTest
    @MethodSource
    void anOwnQueryThatCouldWriteIsRefused(String query, String reason) {
        assertThat(influxql.refusal(Sources.own(SampleKind.COUNT, query))).contains(reason);
    }

    static Stream<Arguments> anOwnQueryThatCouldWriteIsRefused() {
        String noSelect = "the query must be one SELECT statement";
        String noInto = "the query must only read, without INTO";
        String noMore = "the query must be one statement, without ';'";
        return Stream.of(
                arguments("DROP DATABASE x", noSelect),
                arguments("DELETE FROM m WHERE $timeFilter", noSelect),
                arguments("EXPLAIN SELECT f FROM m WHERE $timeFilter", noSelect),
                arguments("SELECTED f", noSelect),
                arguments("", noSelect),
                arguments("SELECT f FROM m WHERE $timeFilter; DROP DATABASE x", noMore),
                arguments("SELECT f INTO n FROM m WHERE $timeFilter", noInto),
                arguments("SELECT f iNtO n FROM m WHERE $timeFilter", noInto),
                arguments("SELECT f*1.0INTO n FROM m WHERE $timeFilter", noInto),
                arguments("SELECT f\nINTO\tn FROM m WHERE $timeFilter", noInto),
                arguments("SELECT f/* */INTO/* */n FROM m WHERE $timeFilter", noInto),
                arguments("SELECT f FROM m WHERE t =~ /'/ AND $timeFilter INTO \"n'\"", noInto),
                arguments("SELECT f FROM m", "the query must have $timeFilter in its WHERE clause"));
    }

    private String text(TrafficSource... sources) {
        SourceBatch batch = Sources.batch(influxql, sources);
        return influxql.rates(batch, batch.source().grid());
    }
}
