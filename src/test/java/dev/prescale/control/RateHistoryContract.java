package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.RateHistory.Answer;
import dev.prescale.control.RateHistory.Empty;
import dev.prescale.control.RateHistory.Failed;
import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.RateHistory.Samples;
import dev.prescale.control.RateHistory.Stale;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractDoubleArrayAssert;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link RateHistory} does. The step is one minute, so 60 requests in a step are 1 req/s. */
public abstract class RateHistoryContract {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Step MINUTE = new Step(60);
    private static final Offset<Double> ROUNDING = Offset.offset(1e-9);
    private static final double GAP = Double.NaN;

    /** One value of one field as it is written to the store. */
    public record Point(String measurement, Map<String, String> tags, String field, Instant at, double value) {}

    /** The history under test; its store is empty when a test begins. */
    protected abstract RateHistory history();

    /** The bucket that {@link #write} writes to. */
    protected abstract String bucket();

    /** Writes to the store and returns when the points can be read. */
    protected abstract void write(List<Point> points);

    @Test
    void countsOfAStepAreSummedAndDividedByItsLength() {
        count("00:00:00", 30);
        count("00:00:20", 20);
        count("00:00:40", 10); // 60 in the first minute
        count("00:01:00", 120);
        assertRates(read(SampleKind.COUNT, "00:00", "00:02", "00:02")).containsExactly(1, 2);
    }

    @Test
    void ratesOfAStepAreAveraged() {
        write(point("00:00:00", 4), point("00:00:30", 8), point("00:01:15", 5));
        assertRates(read(SampleKind.RATE, "00:00", "00:02", "00:02")).containsExactly(6, 5);
    }

    @Test
    void aCounterIncreaseBelongsToTheStepOfTheLaterSample() {
        write(point("00:00:30", 1000), point("00:01:30", 1060), point("00:02:15", 1090), point("00:02:45", 1180));
        assertRates(read(SampleKind.COUNTER, "00:01", "00:03", "00:03")).containsExactly(1, 2);
    }

    @Test
    void aCounterResetCountsWhatHasComeSince() {
        write(point("00:00:30", 1000), point("00:01:30", 1060), point("00:02:30", 30), point("00:03:30", 90));
        assertRates(read(SampleKind.COUNTER, "00:01", "00:04", "00:04")).containsExactly(1, 0.5, 1);
    }

    @Test
    void theFirstSampleOfACounterIsNoIncrease() {
        write(point("00:01:30", 5000), point("00:02:30", 5060));
        assertRates(read(SampleKind.COUNTER, "00:00", "00:03", "00:03")).containsExactly(GAP, GAP, 1);
    }

    @Test
    void aShortSilenceOfACounterIsSpreadOverItsSteps() {
        write(point("00:00:30", 0), point("00:01:30", 60), point("00:04:30", 420)); // 360 in three minutes
        assertRates(read(SampleKind.COUNTER, "00:01", "00:05", "00:05")).containsExactly(1, 2, 2, 2);
    }

    @Test
    void aLongSilenceOfACounterIsAGapUntilItsSecondNewSample() {
        write(point("00:00:30", 0), point("00:01:30", 60), point("00:07:30", 6000), point("00:08:30", 6060));
        assertRates(read(SampleKind.COUNTER, "00:01", "00:09", "00:09"))
                .containsExactly(1, GAP, GAP, GAP, GAP, GAP, GAP, 1);
    }

    @Test
    void theSilenceOfACounterBeforeTheWindowIsSpreadToo() {
        write(point("00:00:30", 0), point("00:04:30", 240)); // 240 in four minutes, the window has the last two
        assertRates(read(SampleKind.COUNTER, "00:03", "00:05", "00:05")).containsExactly(1, 1);
    }

    @Test
    void aTrueZeroIsASample() {
        count("00:00:00", 0);
        count("00:01:00", 0);
        assertRates(read(SampleKind.COUNT, "00:00", "00:02", "00:02")).containsExactly(0, 0);
    }

    @Test
    void aCounterThatStandsStillIsZeroTraffic() {
        write(point("00:00:30", 700), point("00:01:30", 700), point("00:02:30", 700));
        assertRates(read(SampleKind.COUNTER, "00:01", "00:03", "00:03")).containsExactly(0, 0);
    }

    @Test
    void aStepWithoutASampleIsAGap() {
        count("00:00:00", 60);
        count("00:02:00", 60);
        assertRates(read(SampleKind.COUNT, "00:00", "00:04", "00:04")).containsExactly(1, GAP, 1, GAP);
    }

    @Test
    void aLatePointIsSeenByTheNextRead() {
        count("00:00:00", 60);
        count("00:02:00", 60);
        read(SampleKind.COUNT, "00:00", "00:03", "00:03");
        count("00:01:10", 180);
        assertRates(read(SampleKind.COUNT, "00:00", "00:03", "00:03")).containsExactly(1, 3, 1);
    }

    @Test
    void thePointWrittenLastWinsAtItsInstant() {
        count("00:00:00", 60);
        count("00:00:00", 120);
        assertRates(read(SampleKind.COUNT, "00:00", "00:01", "00:01")).containsExactly(2);
    }

    @Test
    void windowsAreHalfOpen() {
        count("00:00:59.999", 6000);
        count("00:01:00", 60);
        count("00:01:59.999", 60);
        count("00:02:00", 6000);
        assertRates(read(SampleKind.COUNT, "00:01", "00:02", "00:03")).containsExactly(2);
    }

    @Test
    void aStepThatIsNotOverIsNotDelivered() {
        count("00:00:00", 60);
        count("00:01:00", 60);
        Answer answer = read(SampleKind.COUNT, "00:00", "00:03", "00:01:59");
        assertRates(answer).containsExactly(1);
        assertThat(((Samples) answer).series().end()).isEqualTo(at("00:01:00"));
    }

    @Test
    void aWindowWithoutACompleteStepIsEmpty() {
        count("00:00:00", 60);
        assertThat(read(SampleKind.COUNT, "00:00", "00:03", "00:00:59")).isEqualTo(new Empty());
    }

    @Test
    void samplesThatEndedMoreThanThreeStepsAgoAreStale() {
        count("00:00:00", 60); // its step ends at 00:01
        assertThat(read(SampleKind.COUNT, "00:00", "00:04", "00:04:00")).isInstanceOf(Samples.class);
        Answer answer = read(SampleKind.COUNT, "00:00", "00:05", "00:05:00");
        assertThat(answer).isInstanceOfSatisfying(Stale.class, stale -> {
            assertThat(stale.age()).isEqualTo(Duration.ofMinutes(4));
            assertThat(stale.series().rates()).containsExactly(1, GAP, GAP, GAP, GAP);
        });
    }

    @Test
    void aWindowInThePastIsNeverStale() {
        count("00:00:00", 60);
        assertRates(read(SampleKind.COUNT, "00:00", "00:06", "12:00")).containsExactly(1, GAP, GAP, GAP, GAP, GAP);
    }

    @Test
    void aWindowWithoutRowsIsEmpty() {
        count("00:00:00", 60);
        assertThat(read(SampleKind.COUNT, "00:01", "00:03", "00:03")).isEqualTo(new Empty());
        assertThat(read(SampleKind.RATE, "00:01", "00:03", "00:03")).isEqualTo(new Empty());
    }

    @Test
    void aMeasurementThatDoesNotExistIsEmpty() {
        count("00:00:00", 60);
        TrafficSource unknown = source("no_such_measurement", "count", Map.of(), SampleKind.COUNT);
        assertThat(read(unknown, "00:00", "00:01", "00:01")).isEqualTo(new Empty());
    }

    @Test
    void aFieldThatDoesNotExistIsEmpty() {
        count("00:00:00", 60);
        TrafficSource unknown = source("http_requests", "no_such_field", Map.of(), SampleKind.COUNT);
        assertThat(read(unknown, "00:00", "00:01", "00:01")).isEqualTo(new Empty());
    }

    @Test
    void aRowMustHaveEveryTagOfTheSource() {
        write(
                point(Map.of("service", "chat", "zone", "a"), "00:00:00", 60),
                point(Map.of("service", "chat", "zone", "b"), "00:00:00", 600),
                point(Map.of("zone", "a"), "00:00:00", 6000));
        TrafficSource source =
                source("http_requests", "count", Map.of("service", "chat", "zone", "a"), SampleKind.COUNT);
        assertRates(read(source, "00:00", "00:01", "00:01")).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COUNT", "RATE", "COUNTER"})
    void seriesThatDifferInOtherTagsAreSummed(SampleKind kind) {
        Map<String, String> first = Map.of("service", "chat", "pod", "chat-0");
        Map<String, String> second = Map.of("service", "chat", "pod", "chat-1");
        write(
                point(first, "00:00:30", 100),
                point(second, "00:00:30", 5000),
                point(first, "00:01:10", 160),
                point(second, "00:01:20", 5120));
        double expected =
                switch (kind) {
                    case COUNT, RATE -> 160 + 5120; // of which the count is per 60 s
                    case COUNTER -> 60 + 120;
                };
        double seconds = kind == SampleKind.RATE ? 1 : 60;
        assertRates(read(kind, "00:01", "00:02", "00:02")).containsExactly(expected / seconds);
    }

    @Test
    void aReplicaThatIsSilentDoesNotHideTheOthers() {
        write(
                point(Map.of("service", "chat", "pod", "chat-0"), "00:00:00", 60),
                point(Map.of("service", "chat", "pod", "chat-0"), "00:01:00", 60),
                point(Map.of("service", "chat", "pod", "chat-1"), "00:00:00", 60));
        assertRates(read(SampleKind.COUNT, "00:00", "00:02", "00:02")).containsExactly(2, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's",
                "\"quoted\"",
                "a,b",
                "a b",
                "a=b",
                "back\\slash",
                "Übergröße-東京-🚀",
                "' OR ''='",
                "${x}",
                "a|b)c",
                "%s"
            })
    void namesAndTagValuesAreTakenLiterally(String odd) {
        write(
                new Point("m " + odd, Map.of("tag " + odd, odd), "f " + odd, at("00:00:00"), 60),
                new Point("m " + odd, Map.of("tag " + odd, "other"), "f " + odd, at("00:00:00"), 6000));
        TrafficSource source = source("m " + odd, "f " + odd, Map.of("tag " + odd, odd), SampleKind.COUNT);
        assertRates(read(source, "00:00", "00:01", "00:01")).containsExactly(1);
    }

    @Test
    void aNegativeValueFailsTheQuery() {
        count("00:00:00", -60);
        assertThat(read(SampleKind.COUNT, "00:00", "00:01", "00:01"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).contains("must be", ">= 0", "was -"));
    }

    @Test
    void oneBadQueryOfABatchSpoilsNoOther() {
        count("00:00:00", 60);
        Query good = new Query(chat(SampleKind.COUNT), at("00:00:00"), at("00:01:00"));
        TrafficSource unreadable =
                new TrafficSource(bucket(), "", "", Map.of(), SampleKind.COUNT, MINUTE, "this is no query(");
        Query bad = new Query(unreadable, at("00:00:00"), at("00:01:00"));

        List<Answer> answers = history().read(List.of(good, bad, good), at("00:01:00"));

        assertThat(answers).hasSize(3);
        assertRates(answers.get(0)).containsExactly(1);
        assertThat(answers.get(1))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isNotBlank());
        assertRates(answers.get(2)).containsExactly(1);
    }

    @Test
    void answersComeInTheOrderOfTheirQueries() {
        List<Point> points = new ArrayList<>();
        List<Query> queries = new ArrayList<>();
        for (int k = 0; k < 50; k++) {
            Map<String, String> tags = Map.of("service", "service-" + k);
            String measurement = k % 3 == 0 ? "grpc_requests" : "http_requests";
            points.add(new Point(measurement, tags, "count", at("00:00:00"), 60.0 * k));
            points.add(new Point(measurement, tags, "count", at("00:01:00"), 60.0));
            TrafficSource source = source(measurement, "count", tags, SampleKind.COUNT);
            Instant from = k % 2 == 0 ? at("00:00:00") : at("00:01:00");
            queries.add(new Query(source, from, at("00:02:00")));
        }
        write(points);

        List<Answer> answers = history().read(queries, at("00:02:00"));

        assertThat(answers).hasSize(50);
        for (int k = 0; k < 50; k++) {
            double[] expected = k % 2 == 0 ? new double[] {k, 1} : new double[] {1};
            assertRates(answers.get(k)).containsExactly(expected);
        }
    }

    @Test
    void aBatchMayAskForTheSameSourceOverDifferentWindows() {
        count("00:00:00", 60);
        count("00:01:00", 120);
        count("00:02:00", 180);
        TrafficSource source = chat(SampleKind.COUNT);

        List<Answer> answers = history()
                .read(
                        List.of(
                                new Query(source, at("00:02:00"), at("00:03:00")),
                                new Query(source, at("00:00:00"), at("00:02:00"))),
                        at("00:03:00"));

        assertRates(answers.get(0)).containsExactly(3);
        assertRates(answers.get(1)).containsExactly(1, 2);
    }

    @Test
    void anEmptyBatchIsAnsweredByNothing() {
        assertThat(history().read(List.of(), START)).isEmpty();
    }

    @Test
    void windowsAreAlignedToTheEpochForAnyStep() {
        count("00:00:00", 600);
        count("00:09:59", 600);
        count("00:10:00", 6000);
        Step tenMinutes = new Step(600);
        TrafficSource source = new TrafficSource(
                bucket(), "http_requests", "count", Map.of("service", "chat"), SampleKind.COUNT, tenMinutes, null);
        assertRates(read(source, "00:00", "00:20", "00:20")).containsExactly(2, 10);
    }

    private void count(String time, double value) {
        write(point(time, value));
    }

    private void write(Point... points) {
        write(List.of(points));
    }

    private static Point point(String time, double value) {
        return point(Map.of("service", "chat"), time, value);
    }

    private static Point point(Map<String, String> tags, String time, double value) {
        return new Point("http_requests", tags, "count", at(time), value);
    }

    private Answer read(SampleKind kind, String from, String to, String now) {
        return read(chat(kind), from, to, now);
    }

    private Answer read(TrafficSource source, String from, String to, String now) {
        List<Answer> answers = history().read(List.of(new Query(source, at(from), at(to))), at(now));
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private TrafficSource chat(SampleKind kind) {
        return source("http_requests", "count", Map.of("service", "chat"), kind);
    }

    private TrafficSource source(String measurement, String field, Map<String, String> tags, SampleKind kind) {
        return new TrafficSource(bucket(), measurement, field, tags, kind, MINUTE, null);
    }

    /** {@code HH:mm} or {@code HH:mm:ss} of the first day. */
    private static Instant at(String time) {
        return Instant.parse("2024-01-01T" + (time.length() == 5 ? time + ":00" : time) + "Z");
    }

    private static Rates assertRates(Answer answer) {
        assertThat(answer).isInstanceOf(Samples.class);
        return new Rates(((Samples) answer).series().rates());
    }

    /** Exact but for rounding in the last digits; {@code NaN} equals {@code NaN}. */
    private record Rates(double... actual) {
        AbstractDoubleArrayAssert<?> containsExactly(double... expected) {
            return assertThat(actual)
                    .usingComparatorWithPrecision(ROUNDING.value)
                    .containsExactly(expected);
        }
    }
}
