package dev.prescale.app;

import dev.prescale.control.RateHistory;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A history that answers in time: queries of one source are read together and beside those of others, and what has not answered
 * when the time is over is {@link RateHistory.Failed} for now. It goes on being read, is not asked again meanwhile, and its answer
 * is taken when it comes. Whole histories, which are read once and may take long, are read apart from the newest samples, some
 * endpoints at a time.
 */
final class PromptHistory implements RateHistory, AutoCloseable {
    /** Longer reads are first ones. */
    private static final Duration LONGEST_OF_NEW_SAMPLES = Duration.ofDays(1);
    /** Parts that whole histories are read in: 10,000 endpoints are 200 in each. */
    private static final int PARTS = 50;

    private static final int NEWEST = -1;

    private final RateHistory history;
    private final Duration patience;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Group, Reading> readings = new HashMap<>();

    PromptHistory(RateHistory history, Duration patience) {
        this.history = history;
        this.patience = patience;
    }

    @Override
    public synchronized List<Answer> read(List<Query> queries, Instant now) {
        Map<Group, List<Integer>> positions = new LinkedHashMap<>();
        for (int k = 0; k < queries.size(); k++) {
            positions
                    .computeIfAbsent(Group.of(queries.get(k)), any -> new ArrayList<>())
                    .add(k);
        }
        // what an endpoint that is gone once asked for
        readings.entrySet()
                .removeIf(entry -> entry.getValue().answers().isDone() && !positions.containsKey(entry.getKey()));
        List<Reading> begun = new ArrayList<>();
        positions.forEach((group, of) -> readings.computeIfAbsent(group, any -> {
            begun.add(begin(of.stream().map(queries::get).toList(), now));
            return begun.getLast();
        }));
        waitFor(begun);

        List<Answer> answers = new ArrayList<>(Collections.nCopies(queries.size(), new Empty()));
        positions.forEach((group, of) -> {
            Reading reading = readings.get(group);
            Map<TrafficSource, Answer> read = reading == null ? null : reading.answered();
            if (read != null) {
                readings.remove(group);
            }
            for (int k : of) {
                answers.set(k, read == null ? unanswered() : answer(read, queries.get(k), now));
            }
        });
        return answers;
    }

    private Failed unanswered() {
        return new Failed(
                "it has not answered within %s; its answer is taken when it comes".formatted(seconds(patience)));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    private Reading begin(List<Query> queries, Instant now) {
        return new Reading(queries, CompletableFuture.supplyAsync(() -> history.read(queries, now), threads));
    }

    /** Those begun in an earlier cycle have been waited for. */
    private void waitFor(List<Reading> begun) {
        CompletableFuture<?>[] all = begun.stream().map(Reading::answers).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(all).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException someOfThem) {
            // each group tells for itself
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** An answer may have been asked for in an earlier cycle: whether it is of the present is told anew. */
    private static Answer answer(Map<TrafficSource, Answer> read, Query query, Instant now) {
        return switch (read.get(query.source())) {
            case null -> new Failed("it has not been asked yet");
            case Samples samples -> current(samples.series(), query, now);
            case Stale stale -> current(stale.series(), query, now);
            case Answer other -> other;
        };
    }

    private static Answer current(RateSeries series, Query query, Instant now) {
        return RateHistory.answerOf(series, query, now);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /**
     * What is read together.
     *
     * @param part of the whole histories, {@link #NEWEST} for newest samples
     */
    private record Group(
            String bucket,
            String measurement,
            String field,
            SampleKind kind,
            Step step,
            @Nullable String ownQuery,
            int part) {
        static Group of(Query query) {
            TrafficSource source = query.source();
            boolean isWhole = Duration.between(query.from(), query.to()).compareTo(LONGEST_OF_NEW_SAMPLES) > 0;
            return new Group(
                    source.bucket(),
                    source.measurement(),
                    source.field(),
                    source.kind(),
                    source.step(),
                    source.query(),
                    isWhole ? Math.floorMod(source.hashCode(), PARTS) : NEWEST);
        }
    }

    private record Reading(List<Query> queries, CompletableFuture<List<Answer>> answers) {
        /** Null while it is being read. */
        @Nullable
        Map<TrafficSource, Answer> answered() {
            if (!answers.isDone()) {
                return null;
            }
            List<Answer> read = readOrFailed();
            Map<TrafficSource, Answer> bySource = new HashMap<>();
            for (int k = 0; k < queries.size(); k++) {
                bySource.put(queries.get(k).source(), read.get(k));
            }
            return bySource;
        }

        private List<Answer> readOrFailed() {
            try {
                return answers.join();
            } catch (CompletionException | CancellationException fault) {
                return Collections.nCopies(queries.size(), new Failed("the read failed: " + fault.getMessage()));
            }
        }
    }
}
