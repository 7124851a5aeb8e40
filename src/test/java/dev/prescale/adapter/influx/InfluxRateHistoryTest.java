package dev.prescale.adapter.influx;

import static dev.prescale.adapter.influx.FakeInflux.half;
import static dev.prescale.adapter.influx.FakeInflux.ok;
import static dev.prescale.adapter.influx.FakeInflux.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.RateHistory.Answer;
import dev.prescale.control.RateHistory.Empty;
import dev.prescale.control.RateHistory.Failed;
import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.RateHistory.Samples;
import dev.prescale.series.SampleKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server may answer, and what may happen on the way. */
class InfluxRateHistoryTest {
    private static final String SIXTY_REQUESTS_CSV = """
            #datatype,string,long,dateTime:RFC3339,double,string\r
            #group,false,false,false,false,true\r
            #default,_result,,,,\r
            ,result,table,_time,_value,__tag0\r
            ,,0,2024-01-01T00:09:00Z,60,chat\r
            \r
            """;
    private static final String SIXTY_REQUESTS_JSON = """
            {"results": [{"statement_id": 0, "series": [{"name": "http_requests", "tags": {"service": "chat"},
              "columns": ["time", "total"], "values": [[1704067740, 60]]}]}]}""";
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration BRIEF = Duration.ofMillis(200);
    private static final String SECRET = "s3cret-t0ken";

    private final FakeInflux server = new FakeInflux();
    private final AtomicReference<String> token = new AtomicReference<>(SECRET);

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void rowsBecomeRates(InfluxDialect dialect) {
        server.answers(ok(sixtyRequests(dialect)));
        assertOneRequestPerSecond(readOnce(dialect));
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedConnectionFails(InfluxDialect dialect) {
        server.close();
        assertFailed(readOnce(dialect), "cannot be reached: connection refused or no route");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedTokenFails(InfluxDialect dialect) {
        server.answers(status(401, "{\"code\": \"unauthorized\", \"message\": \"no, " + SECRET + " is wrong\"}"));
        assertFailed(readOnce(dialect), "refused the token or the user (HTTP 401)");
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aMissingBucketFails(InfluxDialect dialect) {
        server.answers(
                status(404, "{\"code\": \"not found\", \"message\": \"could not find bucket \\\"traffic\\\"\"}"));
        assertFailed(readOnce(dialect), "did not find what was asked for: could not find bucket \"traffic\"");
    }

    @Test
    void aMissingDatabaseInsideOfSuccessFails() {
        server.answers(ok("{\"results\": [{\"statement_id\": 0, \"error\": \"database not found: traffic\"}]}"));
        assertFailed(readOnce(InfluxDialect.INFLUXQL), "refused the query: database not found: traffic");
    }

    @Test
    void anErrorInsideOfAFluxAnswerFails() {
        server.answers(ok("""
                #datatype,string,string\r
                #group,true,true\r
                #default,,\r
                ,error,reference\r
                ,out of memory,897\r
                """));
        assertFailed(readOnce(InfluxDialect.FLUX), "refused the query: out of memory");
    }

    @Test
    void anEmptyBodyOfFluxIsEmpty() {
        server.answers(ok("\r\n"));
        assertThat(readOnce(InfluxDialect.FLUX)).isEqualTo(new Empty());
    }

    @Test
    void anEmptyBodyOfInfluxqlFails() {
        server.answers(ok(""));
        assertFailed(
                readOnce(InfluxDialect.INFLUXQL), "sent an answer that cannot be read: it is no answer to a query");
    }

    @ParameterizedTest
    @EnumSource
    void aSlowFirstByteFails(InfluxDialect dialect) {
        server.answers(server.silence());
        InfluxSettings impatient = settings(dialect, 1).with(new InfluxSettings.Timeouts(LONG, BRIEF, LONG));
        assertFailed(read(impatient, Sources.TEN_PAST), "did not answer in time");
    }

    @ParameterizedTest
    @EnumSource
    void aReadEndsWhenItsTimeIsUp(InfluxDialect dialect) {
        server.answers(server.silence());
        InfluxSettings impatient = settings(dialect, 10).with(new InfluxSettings.Timeouts(LONG, LONG, BRIEF));
        assertFailed(read(impatient, Sources.TEN_PAST), "did not answer in time");
    }

    @ParameterizedTest
    @EnumSource
    void aPageOfAProxyFails(InfluxDialect dialect) {
        server.answers(ok("<html><body>Please log in</body></html>\n"));
        assertFailed(readOnce(dialect), "sent an answer that cannot be read");
    }

    @Test
    void brokenCsvFails() {
        server.answers(ok(SIXTY_REQUESTS_CSV.replace("60,chat", "sixty,chat")));
        assertFailed(readOnce(InfluxDialect.FLUX), "sent an answer that cannot be read");
    }

    @Test
    void aRowThatIsTooShortFails() {
        server.answers(ok(SIXTY_REQUESTS_CSV.replace(",,0,2024-01-01T00:09:00Z,60,chat", ",,0,2024")));
        assertFailed(readOnce(InfluxDialect.FLUX), "sent an answer that cannot be read");
    }

    @ParameterizedTest
    @EnumSource
    void halfAnAnswerFails(InfluxDialect dialect) {
        server.answers(half(sixtyRequests(dialect)));
        assertFailed(readOnce(dialect), "broke the connection off");
    }

    @ParameterizedTest
    @EnumSource
    void halfAnAnswerIsAskedForAgainAndNotCountedTwice(InfluxDialect dialect) {
        server.answers(half(sixtyRequests(dialect)), status(503, "busy"), ok(sixtyRequests(dialect)));
        assertOneRequestPerSecond(read(settings(dialect, 3), Sources.TEN_PAST));
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void theBreakerOpensAndLetsOneRequestThroughAfterAWhile() {
        server.answers(status(503, ""), status(503, ""), status(503, ""), ok(SIXTY_REQUESTS_CSV));
        InfluxSettings settings =
                settings(InfluxDialect.FLUX, 1).with(new InfluxSettings.Breaker(2, Duration.ofSeconds(30)));
        try (InfluxRateHistory history = new InfluxRateHistory(settings)) {
            Instant now = Sources.TEN_PAST;
            assertFailed(readChat(history, now), "failed (HTTP 503): no reason given");
            assertFailed(readChat(history, now.plusSeconds(1)), "HTTP 503");
            assertFailed(readChat(history, now.plusSeconds(2)), "is left alone for a while");
            assertThat(server.requests()).hasSize(2);
            assertFailed(readChat(history, now.plusSeconds(31)), "HTTP 503");
            assertFailed(readChat(history, now.plusSeconds(32)), "is left alone for a while");
            assertOneRequestPerSecond(readChat(history, now.plusSeconds(61)));
            assertOneRequestPerSecond(readChat(history, now.plusSeconds(62)));
        }
    }

    @Test
    void valuesOfNobodyAndOfOtherTimesArePassedOver() {
        server.answers(ok("""
                {"results": [{"series": [
                  {"tags": {"service": "stranger"}, "columns": ["time", "total"], "values": [[1704067740, -7]]},
                  {"columns": ["time", "total"], "values": [[1704067000, 9], [1704067740, 60], [1704067800, 9],
                   [1704067680, null]], "tags": {"service": "chat"}}]}]}"""));
        assertOneRequestPerSecond(readOnce(InfluxDialect.INFLUXQL));
    }

    @Test
    void aNegativeValueFailsItsOwnQueryOnly() {
        server.answers(ok("""
                {"results": [{"series": [
                  {"tags": {"service": "bad"}, "columns": ["time", "total"], "values": [[1704067740, -7]]},
                  {"tags": {"service": "chat"}, "columns": ["time", "total"], "values": [[1704067740, 60]]}]}]}"""));
        try (InfluxRateHistory history = new InfluxRateHistory(settings(InfluxDialect.INFLUXQL, 1))) {
            List<Answer> answers =
                    history.read(List.of(Sources.counts("bad"), Sources.counts("chat")), Sources.TEN_PAST);
            assertFailed(answers.get(0), "must be finite and >= 0, was -7.0");
            assertOneRequestPerSecond(answers.get(1));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anAnswerThatTheServerCutShortFails() {
        server.answers(ok(SIXTY_REQUESTS_JSON.replace("\"name\"", "\"partial\": true, \"name\"")));
        assertFailed(readOnce(InfluxDialect.INFLUXQL), "cut its answer short: its max-row-limit is too low");
    }

    @Test
    void aTokenIsReadAnewForEveryRequest() {
        server.answers(ok(SIXTY_REQUESTS_CSV));
        try (InfluxRateHistory history = new InfluxRateHistory(settings(InfluxDialect.FLUX, 1))) {
            readChat(history, Sources.TEN_PAST);
            token.set("rotated\n");
            readChat(history, Sources.TEN_PAST);
        }
        assertThat(server.requests())
                .extracting(FakeInflux.Request::authorization)
                .containsExactly("Token " + SECRET, "Token rotated");
    }

    @Test
    void userAndPasswordAreSentAsBasicInInfluxql() {
        server.answers(ok(SIXTY_REQUESTS_JSON));
        token.set("ada:open:sesame");
        readOnce(InfluxDialect.INFLUXQL);
        assertThat(server.requests().getFirst().authorization()).isEqualTo("Basic YWRhOm9wZW46c2VzYW1l");
    }

    @Test
    void aTokenThatCannotBeReadFails() {
        InfluxSettings settings = InfluxSettings.of(
                server.url(),
                () -> {
                    throw new UncheckedIOException(new IOException("/run/secrets/token is gone"));
                },
                "acme",
                InfluxDialect.FLUX);
        assertFailed(read(settings, Sources.TEN_PAST), "cannot be asked: the token cannot be read");
    }

    @Test
    void aDatabaseMayNameItsRetentionPolicy() {
        server.answers(ok(SIXTY_REQUESTS_JSON));
        Query query = Sources.query(new dev.prescale.control.TrafficSource(
                "db/two weeks", "m", "f", Map.of(), SampleKind.COUNT, Sources.MINUTE, null));
        try (InfluxRateHistory history = new InfluxRateHistory(settings(InfluxDialect.INFLUXQL, 1))) {
            history.read(List.of(query), Sources.TEN_PAST);
        }
        assertThat(server.requests().getFirst().path()).isEqualTo("/query?db=db&rp=two%20weeks&epoch=s");
    }

    private Answer readOnce(InfluxDialect dialect) {
        return read(settings(dialect, 1), Sources.TEN_PAST);
    }

    private static Answer read(InfluxSettings settings, Instant now) {
        try (InfluxRateHistory history = new InfluxRateHistory(settings)) {
            return readChat(history, now);
        }
    }

    private static Answer readChat(InfluxRateHistory history, Instant now) {
        return history.read(List.of(Sources.counts("chat")), now).getFirst();
    }

    private InfluxSettings settings(InfluxDialect dialect, int attempts) {
        return InfluxSettings.of(server.url(), token::get, "acme", dialect)
                .with(new InfluxSettings.Timeouts(LONG, LONG, LONG))
                .with(new InfluxSettings.Retry(attempts, Duration.ofMillis(1), Duration.ofMillis(2)));
    }

    private static String sixtyRequests(InfluxDialect dialect) {
        return dialect == InfluxDialect.FLUX ? SIXTY_REQUESTS_CSV : SIXTY_REQUESTS_JSON;
    }

    private void assertFailed(Answer answer, String reason) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.reason())
                                .startsWith("InfluxDB at " + server.url() + " ")
                                .contains(reason)
                                .doesNotContain(SECRET));
    }

    /** 60 requests in the last of ten minutes. */
    private static void assertOneRequestPerSecond(Answer answer) {
        double gap = Double.NaN;
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Samples.class,
                        samples -> assertThat(samples.series().rates())
                                .containsExactly(gap, gap, gap, gap, gap, gap, gap, gap, gap, 1));
    }
}
