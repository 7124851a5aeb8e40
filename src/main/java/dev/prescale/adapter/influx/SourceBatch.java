package dev.prescale.adapter.influx;

import dev.prescale.control.RateHistory;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleGrid;
import dev.prescale.series.SampleKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queries that one request can answer: one source, many tag sets.
 *
 * @param tagSets values in the order of the source's tag keys; one empty list where there are no tags
 */
record SourceBatch(Source source, List<List<String>> tagSets) {
    SourceBatch {
        tagSets = List.copyOf(tagSets);
    }

    /** Parts of the source's grid, one per request: at most a day and {@code mostRows} rows each. */
    List<SampleGrid> chunks(int mostRows) {
        SampleGrid grid = source.grid();
        int steps = Math.clamp(mostRows / tagSets.size(), 1, grid.step().perDay());
        List<SampleGrid> chunks = new ArrayList<>();
        Instant from = grid.from();
        while (from.isBefore(grid.to())) {
            Instant end = from.plusSeconds((long) steps * grid.step().seconds());
            Instant to = end.isBefore(grid.to()) ? end : grid.to();
            chunks.add(new SampleGrid(from, to, grid.step()));
            from = to;
        }
        return chunks;
    }

    /** Tag values of a query in the order of its source's tag keys: the tags of a traffic source are sorted by key. */
    static List<String> tagSetOf(RateHistory.Query query) {
        return query.source().query() != null
                ? List.of()
                : List.copyOf(query.source().tags().values());
    }

    /**
     * All that queries must share to be answered by one request.
     *
     * @param tagKeys sorted
     * @param ownQuery a query of the user's own instead of measurement, field and tags
     * @param grid the complete steps asked for
     */
    record Source(
            String bucket,
            String measurement,
            String field,
            List<String> tagKeys,
            SampleKind kind,
            @Nullable String ownQuery,
            SampleGrid grid) {
        Source {
            tagKeys = List.copyOf(tagKeys);
        }

        static Source of(RateHistory.Query query, Instant now) {
            TrafficSource traffic = query.source();
            boolean isOwn = traffic.query() != null;
            return new Source(
                    traffic.bucket(),
                    isOwn ? "" : traffic.measurement(),
                    isOwn ? "" : traffic.field(),
                    isOwn ? List.of() : List.copyOf(traffic.tags().keySet()),
                    traffic.kind(),
                    traffic.query(),
                    query.completeSteps(now));
        }

        /** For log lines. */
        String title() {
            return ownQuery == null ? bucket + "/" + measurement + "/" + field : bucket + " (own query)";
        }
    }
}
