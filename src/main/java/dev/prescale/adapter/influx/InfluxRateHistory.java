package dev.prescale.adapter.influx;

import dev.prescale.adapter.influx.SourceBatch.Source;
import dev.prescale.adapter.influx.SourceBatch.TimeRange;
import dev.prescale.control.RateHistory;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@link RateHistory} over one InfluxDB server. Queries of one source become one request per day and 200 tag sets; a few
 * requests run at a time. A read ends within {@link InfluxSettings.Timeouts#read}, times the days that it covers.
 *
 * <p>Safe for use by many threads.
 */
public final class InfluxRateHistory implements RateHistory, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(InfluxRateHistory.class);
    private static final int REQUESTS_AT_A_TIME = 4;
    /** Bounds the memory that one answer takes: 300,000 rows of InfluxQL are about 6 MB. */
    private static final int MOST_ROWS_PER_REQUEST = 300_000;

    private final InfluxSettings settings;
    private final QueryText text;
    private final InfluxConnection connection;
    private final PatientCalls calls;
    private final ReadProgress progress;
    private final Semaphore requestSlots = new Semaphore(REQUESTS_AT_A_TIME);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final LongAdder droppedValues = new LongAdder();

    public InfluxRateHistory(InfluxSettings settings) {
        this(settings, ReadProgress.LOGGED);
    }

    /** @param progress told of reads that take more than one request per source */
    public InfluxRateHistory(InfluxSettings settings, ReadProgress progress) {
        this(settings, progress, delay -> Thread.sleep(delay));
    }

    InfluxRateHistory(InfluxSettings settings, ReadProgress progress, PatientCalls.Sleeper sleeper) {
        this.settings = settings;
        this.progress = progress;
        this.text =
                switch (settings.dialect()) {
                    case FLUX -> new FluxText();
                    case INFLUXQL -> new InfluxqlText();
                };
        this.connection = InfluxConnection.open(settings);
        this.calls = new PatientCalls(
                settings, () -> ThreadLocalRandom.current().nextDouble(), sleeper);
    }

    @Override
    public List<Answer> read(List<Query> queries, Instant now) {
        ReadPlan plan = ReadPlan.of(queries, now, text);
        Map<SeriesKey, double[]> rates = new ConcurrentHashMap<>();
        Map<SourceBatch, String> failures = readAll(plan.batches(), now, rates);
        Map<SeriesKey, String> failuresBySeries = new LinkedHashMap<>();
        failures.forEach((batch, reason) ->
                batch.tagSets().forEach(tagSet -> failuresBySeries.put(new SeriesKey(batch.source(), tagSet), reason)));
        List<Answer> answers = new ArrayList<>(queries.size());
        for (int k = 0; k < queries.size(); k++) {
            Query query = queries.get(k);
            SeriesKey key = new SeriesKey(Source.of(query, now), SourceBatch.tagSetOf(query));
            String failure = plan.refusals().getOrDefault(k, failuresBySeries.get(key));
            answers.add(failure != null ? new Failed(failure) : answer(query, rates.get(key), now));
        }
        return answers;
    }

    private static Answer answer(Query query, double @Nullable [] known, Instant now) {
        int size = Math.toIntExact(Duration.between(query.from(), query.to()).toSeconds()
                / query.source().step().seconds());
        double[] rates = new double[size];
        Arrays.fill(rates, Double.NaN);
        if (known != null) {
            System.arraycopy(known, 0, rates, 0, known.length);
        }
        RateSeries series = RateSeries.of(query.from(), query.source().step(), rates);
        return RateHistory.answerOf(series, query, now);
    }

    /** Fills in the rates of all batches; why a batch has none, by batch. */
    private Map<SourceBatch, String> readAll(
            List<SourceBatch> batches, Instant now, Map<SeriesKey, double[]> rates) {
        Map<SourceBatch, Future<?>> readings = new LinkedHashMap<>();
        batches.forEach(batch -> readings.put(
                batch, executor.submit(() -> {
                    rates.putAll(readBatch(batch, now));
                    return null;
                })));
        int days = batches.stream()
                .mapToInt(batch -> batch.chunks(MOST_ROWS_PER_REQUEST).size())
                .max()
                .orElse(1);
        Duration patience = settings.timeouts().read().multipliedBy(days);
        long deadline = System.nanoTime() + patience.toNanos();
        Map<SourceBatch, String> failures = new LinkedHashMap<>();
        readings.forEach((batch, reading) -> {
            String failure = failureOf(reading, deadline - System.nanoTime());
            if (failure != null) {
                failures.put(batch, "InfluxDB at %s %s".formatted(address(), failure));
            }
        });
        return failures;
    }

    private static @Nullable String failureOf(Future<?> reading, long patienceNanos) {
        try {
            reading.get(Math.max(patienceNanos, 0), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException e) {
            return InfluxFault.of(e.getCause() == null ? e : e.getCause()).sentence();
        } catch (TimeoutException e) {
            reading.cancel(true);
            return "did not answer in time";
        } catch (InterruptedException e) {
            reading.cancel(true);
            Thread.currentThread().interrupt();
            return "was not waited for: the read was interrupted";
        }
    }

    private Map<SeriesKey, double[]> readBatch(SourceBatch batch, Instant now)
            throws InfluxFault, InterruptedException {
        Source source = batch.source();
        int stepSeconds = source.step().seconds();
        int size = Math.toIntExact(Duration.between(
                                source.range().from(), source.range().to())
                        .toSeconds()
                / stepSeconds);
        Map<SeriesKey, double[]> rates = new LinkedHashMap<>();
        batch.tagSets().forEach(tagSet -> rates.put(new SeriesKey(source, tagSet), new double[size]));
        List<TimeRange> chunks = batch.chunks(MOST_ROWS_PER_REQUEST);
        for (int k = 0; k < chunks.size(); k++) {
            TimeRange chunk = chunks.get(k);
            StepTotals totals = readChunk(batch, chunk, now);
            int offset = Math.toIntExact(
                    Duration.between(source.range().from(), chunk.from()).toSeconds() / stepSeconds);
            rates.forEach((key, all) ->
                    System.arraycopy(totals.rates(key.tagSet()), 0, all, offset, totals.steps()));
            if (chunks.size() > 1) {
                progress.read(source.title(), k + 1, chunks.size());
            }
        }
        return rates;
    }

    private StepTotals readChunk(SourceBatch batch, TimeRange chunk, Instant now)
            throws InfluxFault, InterruptedException {
        Source source = batch.source();
        String query = text.rates(batch, chunk);
        requestSlots.acquire();
        try {
            StepTotals read = calls.call(now, () -> {
                StepTotals totals = new StepTotals(batch, chunk);
                connection.rows(source.bucket(), query, source.tagKeys(), totals);
                return totals;
            });
            if (source.ownQuery() != null && read.series() > 1) {
                throw InfluxFault.refused("answered the endpoint's own query with %d series: one is needed"
                        .formatted(read.series()));
            }
            if (read.dropped() > 0) {
                droppedValues.add(read.dropped());
                LOG.warnf("%s: dropped %d negative or infinite values", source.title(), read.dropped());
            }
            return read;
        } finally {
            requestSlots.release();
        }
    }

    /** Scheme, host and port: never a user or a path, which may hold a secret. */
    private String address() {
        String port = settings.url().getPort() < 0 ? "" : ":" + settings.url().getPort();
        return settings.url().getScheme() + "://" + settings.url().getHost() + port;
    }

    /** Negative and non-finite values that were passed over since the start. */
    public long droppedValues() {
        return droppedValues.sum();
    }

    /** A check that the server lets us read. */
    public InfluxHealth health() {
        return new InfluxHealth(address(), text, connection);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        connection.close();
    }

    private record SeriesKey(Source source, List<String> tagSet) {}
}
