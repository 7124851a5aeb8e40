package dev.prescale.adapter.influx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.RateHistory.Answer;
import dev.prescale.control.RateHistory.Empty;
import dev.prescale.control.RateHistory.Failed;
import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.RateHistory.Samples;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleKind;
import dev.prescale.testing.InfluxServer;
import dev.prescale.testing.InfluxServer.Version;
import dev.prescale.testing.InfluxServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real servers do beyond the contract of a history. */
@Tag("e2e")
class InfluxServersIT {
    private static final long SECOND = Sources.START.getEpochSecond();

    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource({"V2, FLUX", "V2, INFLUXQL", "V1, INFLUXQL"})
    void aBucketThatDoesNotExistFails(Version version, InfluxDialect dialect) {
        InfluxServer server = InfluxServers.get(version);
        try (InfluxRateHistory history = open(server, server.token(), dialect)) {
            assertFailed(read(history, "no-such-bucket", SampleKind.COUNT, Map.of()), "no-such-bucket");
            assertThat(history.health().faults(List.of("no-such-bucket")))
                    .singleElement()
                    .asString()
                    .contains("InfluxDB at " + server.url())
                    .contains(dialect == InfluxDialect.FLUX ? "no-such-bucket" : "database not found");
        }
    }

    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource({"V2, FLUX", "V2, INFLUXQL", "V1, INFLUXQL"})
    void aWrongTokenFails(Version version, InfluxDialect dialect) {
        InfluxServer server = InfluxServers.get(version);
        String wrong = version == Version.V1 ? "prescale:wr0ng" : "wr0ng";
        try (InfluxRateHistory history = open(server, wrong, dialect)) {
            assertFailed(
                    read(history, server.newBucket(), SampleKind.COUNT, Map.of()), "refused the token or the user");
            assertThat(history.health().faults(List.of()))
                    .containsExactly("InfluxDB at " + server.url() + " refused the token or the user (HTTP 401)");
        }
    }

    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource({"V2, FLUX", "V2, INFLUXQL", "V1, INFLUXQL"})
    void healthIsGoodWhereABucketCanBeRead(Version version, InfluxDialect dialect) {
        InfluxServer server = InfluxServers.get(version);
        try (InfluxRateHistory history = open(server, server.token(), dialect)) {
            assertThat(history.health().faults(List.of())).isEmpty();
            assertThat(history.health().faults(List.of(server.newBucket()))).isEmpty();
        }
    }

    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource({"V2, FLUX", "V2, INFLUXQL", "V1, INFLUXQL"})
    void severalHundredEndpointsAreReadTogether(Version version, InfluxDialect dialect) {
        InfluxServer server = InfluxServers.get(version);
        String bucket = server.newBucket();
        server.write(
                bucket,
                IntStream.range(0, 450)
                        .mapToObj(k -> "http_requests,service=s%d count=%di %d000000000".formatted(k, 60 * k, SECOND))
                        .collect(Collectors.joining("\n")));
        List<Query> queries = IntStream.range(0, 451)
                .mapToObj(k -> Sources.query(source(bucket, SampleKind.COUNT, Map.of("service", "s" + k))))
                .toList();
        try (InfluxRateHistory history = open(server, server.token(), dialect)) {
            List<Answer> answers = history.read(queries, Sources.START.plusSeconds(60));
            for (int k = 0; k < 450; k++) {
                assertThat(rates(answers.get(k))).containsExactly(k);
            }
            assertThat(answers.get(450)).isEqualTo(new Empty());
        }
    }

    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource({"V2, FLUX", "V2, INFLUXQL", "V1, INFLUXQL"})
    void fourWeeksAreReadInPartsOfADay(Version version, InfluxDialect dialect) {
        InfluxServer server = InfluxServers.get(version);
        String bucket = server.newBucket();
        for (int day = 0; day < 28; day++) {
            server.write(bucket, minutesOfDay(day));
        }
        Query query = new Query(
                source(bucket, SampleKind.COUNT, Map.of("service", "shop")),
                Sources.START,
                Sources.START.plus(Duration.ofDays(28)));
        List<String> progress = new ArrayList<>();
        InfluxSettings settings = InfluxSettings.of(server.url(), server::token, server.org(), dialect);
        try (InfluxRateHistory history =
                new InfluxRateHistory(settings, (source, done, all) -> progress.add(done + "/" + all))) {
            double[] rates = rates(history.read(List.of(query), query.to()).getFirst());
            assertThat(rates).hasSize(28 * 1440);
            for (int k = 0; k < rates.length; k++) {
                assertThat(rates[k]).isEqualTo(k % 100);
            }
            assertThat(progress).hasSize(28).startsWith("1/28").endsWith("28/28");
        }
    }

    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource({"V2, FLUX", "V2, INFLUXQL", "V1, INFLUXQL"})
    void aQueryOfTheUsersOwnIsRead(Version version, InfluxDialect dialect) {
        InfluxServer server = InfluxServers.get(version);
        String bucket = server.newBucket();
        server.write(
                bucket, "m,service=a count=60i %1$d000000000%nm,service=b count=120i %1$d000000000".formatted(SECOND));
        String flux = """
                from(bucket: "%s") |> range(start: v.timeRangeStart, stop: v.timeRangeStop) |> group()
                  |> aggregateWindow(every: v.windowPeriod, fn: sum, timeSrc: "_start", createEmpty: false)""".formatted(bucket);
        String influxql = "SELECT sum(count) FROM m WHERE $timeFilter GROUP BY time($interval) fill(none)";
        String query = dialect == InfluxDialect.FLUX ? flux : influxql;
        try (InfluxRateHistory history = open(server, server.token(), dialect)) {
            assertThat(rates(history.read(List.of(own(bucket, query)), Sources.START.plusSeconds(60))
                            .getFirst()))
                    .containsExactly(3);
            String twoSeries = dialect == InfluxDialect.FLUX
                    ? flux.replace("|> group()", "")
                    : influxql.replace("GROUP BY", "GROUP BY service,");
            assertFailed(
                    history.read(List.of(own(bucket, twoSeries)), Sources.START.plusSeconds(60))
                            .getFirst(),
                    "with 2 series: it must be one");
        }
    }

    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource({"V2, FLUX", "V2, INFLUXQL", "V1, INFLUXQL"})
    void aFieldOfTextFailsOrIsEmpty(Version version, InfluxDialect dialect) {
        InfluxServer server = InfluxServers.get(version);
        String bucket = server.newBucket();
        server.write(bucket, "http_requests,service=shop count=\"many\" %d000000000".formatted(SECOND));
        try (InfluxRateHistory history = open(server, server.token(), dialect)) {
            Answer answer = read(history, bucket, SampleKind.COUNT, Map.of("service", "shop"));
            // Flux says what is wrong, InfluxQL has no rows.
            assertThat(answer).isInstanceOfAny(Failed.class, Empty.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"COUNT", "RATE", "COUNTER"})
    void tagsMayBeCalledAsTheColumnsOfFlux(SampleKind kind) {
        InfluxServer server = InfluxServers.get(Version.V2);
        String bucket = server.newBucket();
        // A count of 120 and an increase by 120: 2 req/s.
        server.write(bucket, """
                http_requests,result=a,table=b,x=c count=0i %d000000000
                http_requests,result=a,table=b,x=c count=120i %d000000000
                """.formatted(SECOND - 60, SECOND));
        Map<String, String> tags = Map.of("result", "a", "table", "b");
        try (InfluxRateHistory history = open(server, server.token(), InfluxDialect.FLUX)) {
            assertThat(rates(read(history, bucket, kind, tags))).containsExactly(kind == SampleKind.RATE ? 120 : 2);
        }
    }

    @Test
    void integersAndFloatsOfOneFieldAreAddedUpInFlux() {
        InfluxServer server = InfluxServers.get(Version.V2);
        String bucket = server.newBucket();
        // A field has one type per shard, which covers a week: another type is possible in the next.
        server.write(bucket, "http_requests,service=a count=60i %d000000000".formatted(SECOND));
        server.write(bucket, "http_requests,service=a count=120.0 %d000000000".formatted(SECOND + 9 * 86_400));
        Query query = new Query(
                source(bucket, SampleKind.COUNT, Map.of("service", "a")),
                Sources.START,
                Sources.START.plus(Duration.ofDays(10)));
        try (InfluxRateHistory history = open(server, server.token(), InfluxDialect.FLUX)) {
            double[] rates = rates(
                    history.read(List.of(query), query.to().plusSeconds(86_400)).getFirst());
            assertThat(Arrays.stream(rates).filter(rate -> rate > 0).toArray()).containsExactly(1, 2);
        }
    }

    @Test
    void unsignedIntegersAreReadInFlux() {
        InfluxServer server = InfluxServers.get(Version.V2);
        String bucket = server.newBucket();
        server.write(bucket, "http_requests,service=a count=60u %d000000000".formatted(SECOND));
        try (InfluxRateHistory history = open(server, server.token(), InfluxDialect.FLUX)) {
            assertThat(rates(read(history, bucket, SampleKind.COUNT, Map.of("service", "a"))))
                    .containsExactly(1);
        }
    }

    private static String minutesOfDay(int day) {
        return IntStream.range(day * 1440, (day + 1) * 1440)
                .mapToObj(k ->
                        "http_requests,service=shop count=%di %d000000000".formatted(60 * (k % 100), SECOND + 60L * k))
                .collect(Collectors.joining("\n"));
    }

    private static InfluxRateHistory open(InfluxServer server, String token, InfluxDialect dialect) {
        return new InfluxRateHistory(InfluxSettings.of(server.url(), () -> token, server.org(), dialect));
    }

    private static TrafficSource source(String bucket, SampleKind kind, Map<String, String> tags) {
        return new TrafficSource(bucket, "http_requests", "count", tags, kind, Sources.MINUTE, null);
    }

    private static Query own(String bucket, String query) {
        return Sources.query(new TrafficSource(bucket, "", "", Map.of(), SampleKind.COUNT, Sources.MINUTE, query));
    }

    /** The first minute. */
    private static Answer read(InfluxRateHistory history, String bucket, SampleKind kind, Map<String, String> tags) {
        return history.read(List.of(Sources.query(source(bucket, kind, tags))), Sources.START.plusSeconds(60))
                .getFirst();
    }

    private static double[] rates(Answer answer) {
        assertThat(answer).isInstanceOf(Samples.class);
        RateSeries series = ((Samples) answer).series();
        return series.rates();
    }

    private static void assertFailed(Answer answer, String reason) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.reason()).contains(reason).doesNotContain("wr0ng"));
    }
}
