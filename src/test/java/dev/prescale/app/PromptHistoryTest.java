package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.RateHistory;
import dev.prescale.control.RateHistory.Answer;
import dev.prescale.control.RateHistory.Failed;
import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.RateHistory.Samples;
import dev.prescale.control.RateHistory.Stale;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromptHistoryTest {
    private static final Instant NOW = Instant.parse("2024-01-10T00:00:00Z");
    private static final Step MINUTE = new Step(60);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Sizes of the reads that arrived. */
    private final ConcurrentLinkedQueue<Integer> reads = new ConcurrentLinkedQueue<>();

    private final CountDownLatch release = new CountDownLatch(1);

    /** Answers 1 req/s; the measurement {@code slow} waits, {@code broken} throws. */
    private final RateHistory store = (queries, now) -> {
        String measurement = queries.getFirst().source().measurement();
        reads.add(queries.size());
        if (measurement.equals("slow")) {
            waitForRelease();
        }
        if (measurement.equals("broken")) {
            throw new IllegalStateException("a test");
        }
        return queries.stream().map(query -> ones(query, now)).toList();
    };

    private PromptHistory history = new PromptHistory(store, LONG);

    @AfterEach
    void close() {
        release.countDown();
        history.close();
    }

    @Test
    void queriesOfOneSourceAreReadTogetherAndAnsweredInTheirOrder() {
        List<Answer> answers = history.read(List.of(newest("a", "x"), newest("b", "x"), newest("a", "y")), NOW);

        assertThat(answers).hasSize(3).allSatisfy(answer -> assertThat(answer).isInstanceOf(Samples.class));
        assertThat(reads).containsExactlyInAnyOrder(2, 1);
    }

    @Test
    void aSlowSourceDelaysNoOtherAndItsAnswerIsTakenWhenItComes() {
        history = new PromptHistory(store, SHORT);
        Query slow = newest("slow", "x");
        assertThat(history.read(List.of(slow), NOW))
                .first()
                .isEqualTo(new Failed("it has not answered within 0.001 s; its answer is taken when it comes"));
        history.read(List.of(slow), NOW.plusSeconds(15));
        assertThat(reads).hasSizeLessThanOrEqualTo(1); // it is not asked again meanwhile

        Awaitility.await()
                .until(() -> history.read(List.of(newest("quick", "x")), NOW).getFirst() instanceof Samples);
        reads.clear();
        history.read(List.of(slow), NOW.plusSeconds(30));
        release.countDown();
        Awaitility.await()
                .until(() -> history.read(List.of(slow), NOW.plusSeconds(45)).getFirst() instanceof Samples);
    }

    @Test
    void anAnswerThatComesMuchLaterIsStale() {
        history = new PromptHistory(store, SHORT);
        Query slow = newest("slow", "x");
        history.read(List.of(slow), NOW);
        release.countDown();
        Instant later = NOW.plusSeconds(600);

        Awaitility.await()
                .until(() -> !(history.read(List.of(newest("slow", "x", later)), later)
                                .getFirst()
                        instanceof Failed));

        // asked again it is of the present
        Awaitility.await()
                .until(() ->
                        history.read(List.of(newest("slow", "x", later)), later).getFirst() instanceof Samples);
    }

    @Test
    void lateSamplesAreToldToBeLate() {
        history = new PromptHistory(
                (queries, now) ->
                        queries.stream().map(query -> ones(query, NOW)).toList(),
                LONG);
        Instant later = NOW.plusSeconds(600);

        Query twentyMinutes = new Query(source("a", "x"), NOW.minusSeconds(600), later);

        assertThat(history.read(List.of(twentyMinutes), later)).first().isInstanceOf(Stale.class);
    }

    @Test
    void aReadThatThrowsFailsItsOwnQueriesOnly() {
        List<Answer> answers = history.read(List.of(newest("broken", "x"), newest("a", "x")), NOW);

        assertThat(answers.get(0))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).contains("a test"));
        assertThat(answers.get(1)).isInstanceOf(Samples.class);
    }

    @Test
    void wholeHistoriesAreReadApartFromNewestSamples() {
        history.read(List.of(whole("a", "x"), newest("a", "y"), newest("a", "z")), NOW);

        assertThat(reads).containsExactlyInAnyOrder(1, 2);
    }

    private static Answer ones(Query query, Instant now) {
        var grid = query.completeSteps(now);
        int size = (int) Duration.between(grid.from(), grid.to()).toMinutes();
        double[] rates = new double[Math.max(size, 0)];
        Arrays.fill(rates, 1);
        return RateHistory.answerOf(RateSeries.of(grid.from(), MINUTE, rates), query, now);
    }

    private static Query newest(String measurement, String tag) {
        return newest(measurement, tag, NOW);
    }

    private static Query newest(String measurement, String tag, Instant to) {
        return new Query(source(measurement, tag), to.minusSeconds(600), to);
    }

    private static Query whole(String measurement, String tag) {
        return new Query(source(measurement, tag), NOW.minus(Duration.ofDays(28)), NOW);
    }

    private static TrafficSource source(String measurement, String tag) {
        return new TrafficSource(
                "traffic", measurement, "count", Map.of("service", tag), SampleKind.RATE, MINUTE, null);
    }

    private void waitForRelease() {
        try {
            release.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
