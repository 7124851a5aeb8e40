package dev.prescale.adapter.influx;

import dev.prescale.adapter.influx.BatchReader.Outcome;
import dev.prescale.adapter.influx.BatchReader.Rates;
import dev.prescale.adapter.influx.BatchReader.Unusable;
import dev.prescale.control.RateHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@link RateHistory} over one InfluxDB server. Queries of one source become one request per day and per
 * {@value ReadPlan#MOST_TAG_SETS} tag sets; a few requests run at a time. A read ends within
 * {@link InfluxSettings.Timeouts#read}, times the requests that its longest source takes one after the other.
 *
 * <p>Negative values are noticed in what the server adds up per step, not in each sample. Safe for use by many threads.
 */
public final class InfluxRateHistory implements RateHistory, AutoCloseable {
    private final InfluxSettings settings;
    private final QueryText text;
    private final InfluxConnection connection;
    private final BatchReader reader;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    public InfluxRateHistory(InfluxSettings settings) {
        this(settings, ReadProgress.LOGGED);
    }

    /** @param progress told of reads that take more than one request per source */
    public InfluxRateHistory(InfluxSettings settings, ReadProgress progress) {
        this.settings = settings;
        this.text = switch (settings.dialect()) {
            case FLUX -> new FluxText();
            case INFLUXQL -> new InfluxqlText();
        };
        this.connection = InfluxConnection.open(settings);
        PatientCalls calls =
                new PatientCalls(settings, () -> ThreadLocalRandom.current().nextDouble(), Thread::sleep);
        this.reader = new BatchReader(text, connection, calls, progress);
    }

    @Override
    public List<Answer> read(List<Query> queries, Instant now) {
        ReadPlan plan = ReadPlan.of(queries, now, text);
        Map<SourceBatch, Future<Map<List<String>, Outcome>>> readings = new LinkedHashMap<>();
        plan.batches().forEach(batch -> readings.put(batch, executor.submit(() -> reader.read(batch, now))));
        long deadline = System.nanoTime() + patience(plan.batches()).toNanos();
        Map<ReadPlan.Key, Outcome> outcomes = new HashMap<>();
        readings.forEach((batch, reading) -> {
            Map<List<String>, Outcome> read = outcomesOf(batch, reading, deadline - System.nanoTime());
            read.forEach((tagSet, outcome) -> outcomes.put(new ReadPlan.Key(batch.source(), tagSet), outcome));
        });
        List<Answer> answers = new ArrayList<>(queries.size());
        for (int k = 0; k < queries.size(); k++) {
            answers.add(answer(plan.questions().get(k), queries.get(k), outcomes, now));
        }
        return answers;
    }

    private Duration patience(List<SourceBatch> batches) {
        int mostInARow = batches.stream()
                .mapToInt(
                        batch -> batch.chunks(BatchReader.MOST_ROWS_PER_REQUEST).size())
                .max()
                .orElse(1);
        return settings.timeouts().read().multipliedBy(mostInARow);
    }

    private Map<List<String>, Outcome> outcomesOf(
            SourceBatch batch, Future<Map<List<String>, Outcome>> reading, long patienceNanos) {
        String failure;
        try {
            return reading.get(Math.max(patienceNanos, 0), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            failure = InfluxFault.of(e.getCause() == null ? e : e.getCause()).sentence();
        } catch (TimeoutException e) {
            reading.cancel(true);
            failure = "did not answer in time";
        } catch (InterruptedException e) {
            reading.cancel(true);
            Thread.currentThread().interrupt();
            failure = "was not waited for: the read was interrupted";
        }
        Outcome outcome = new Unusable(failure);
        Map<List<String>, Outcome> outcomes = new HashMap<>();
        batch.tagSets().forEach(tagSet -> outcomes.put(tagSet, outcome));
        return outcomes;
    }

    private Answer answer(ReadPlan.Question question, Query query, Map<ReadPlan.Key, Outcome> outcomes, Instant now) {
        return switch (question) {
            case ReadPlan.Refused refused -> new Failed(refused.reason());
            case ReadPlan.NothingYet ignored -> new Empty();
            case ReadPlan.Key key ->
                switch (Objects.requireNonNull(outcomes.get(key))) {
                    case Rates rates -> RateHistory.answerOf(rates.series(), query, now);
                    case Unusable unusable ->
                        new Failed("InfluxDB at %s %s".formatted(settings.address(), unusable.reason()));
                };
        };
    }

    /** A check that the server lets us read. */
    public InfluxHealth health() {
        return new InfluxHealth(settings.address(), text, connection);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        connection.close();
    }
}
