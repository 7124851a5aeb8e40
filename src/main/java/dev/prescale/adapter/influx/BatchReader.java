package dev.prescale.adapter.influx;

import dev.prescale.adapter.influx.SourceBatch.Source;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleGrid;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Reads one batch, request by request; a few run at a time over all batches. */
final class BatchReader {
    private static final int REQUESTS_AT_A_TIME = 4;
    /** Bounds the memory that one answer takes: 300,000 rows of InfluxQL are about 6 MB. */
    static final int MOST_ROWS_PER_REQUEST = 300_000;

    private final QueryText text;
    private final InfluxConnection connection;
    private final PatientCalls calls;
    private final ReadProgress progress;
    private final Semaphore requestSlots = new Semaphore(REQUESTS_AT_A_TIME);

    BatchReader(QueryText text, InfluxConnection connection, PatientCalls calls, ReadProgress progress) {
        this.text = text;
        this.connection = connection;
        this.calls = calls;
        this.progress = progress;
    }

    /** What was read of one tag set. */
    sealed interface Outcome {}

    record Rates(RateSeries series) implements Outcome {}

    record Unusable(String reason) implements Outcome {}

    /** One outcome per tag set of the batch. Throws where a request came to nothing. */
    Map<List<String>, Outcome> read(SourceBatch batch, Instant now) throws InfluxFault, InterruptedException {
        Map<List<String>, Outcome> outcomes = new LinkedHashMap<>();
        SampleGrid grid = batch.source().grid();
        batch.tagSets().forEach(tagSet -> outcomes.put(tagSet, new Rates(RateSeries.empty(grid.from(), grid.step()))));
        List<SampleGrid> chunks = batch.chunks(MOST_ROWS_PER_REQUEST);
        for (int k = 0; k < chunks.size(); k++) {
            StepTotals totals = readChunk(batch, chunks.get(k), now);
            outcomes.replaceAll((tagSet, before) -> continued(before, totals, tagSet));
            if (chunks.size() > 1) {
                progress.read(batch.source().title(), k + 1, chunks.size());
            }
        }
        return outcomes;
    }

    /** A value that is no rate makes its own tag set unusable, and no other. */
    private static Outcome continued(Outcome before, StepTotals totals, List<String> tagSet) {
        try {
            return before instanceof Rates rates ? new Rates(rates.series().overlaidBy(totals.rates(tagSet))) : before;
        } catch (IllegalArgumentException e) {
            return new Unusable("holds a value that is no rate: " + e.getMessage());
        }
    }

    private StepTotals readChunk(SourceBatch batch, SampleGrid chunk, Instant now)
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
                throw InfluxFault.refused(
                        "answered the endpoint's own query with %d series: it must be one".formatted(read.series()));
            }
            return read;
        } finally {
            requestSlots.release();
        }
    }
}
