package dev.prescale.adapter.influx;

import dev.prescale.control.RateHistory;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one request asks for: one source, many tag sets.
 *
 * @param tagSets values in the order of the source's tag keys; one empty list where there are no tags
 */
record SourceBatch(Source source, List<List<String>> tagSets) {
    SourceBatch {
        tagSets = List.copyOf(tagSets);
    }

    static List<String> tagSetOf(RateHistory.Query query) {
        // The tags of a source are sorted by key, so the values are in the order of Source.tagKeys.
        return isOwn(query.source()) ? List.of() : List.copyOf(query.source().tags().values());
    }

    private static boolean isOwn(TrafficSource source) {
        return source.query() != null;
    }

    /** The time ranges of the requests that this batch takes: at most a day and {@code mostRows} rows each. */
    List<TimeRange> chunks(int mostRows) {
        int stepSeconds = source.step().seconds();
        int steps = Math.clamp(mostRows / tagSets.size(), 1, source.step().perDay());
        List<TimeRange> chunks = new ArrayList<>();
        Instant from = source.range().from();
        while (from.isBefore(source.range().to())) {
            Instant to = from.plusSeconds((long) steps * stepSeconds);
            to = to.isBefore(source.range().to()) ? to : source.range().to();
            chunks.add(new TimeRange(from, to));
            from = to;
        }
        return chunks;
    }

    /** A half-open range of whole steps; empty where {@code to} is not after {@code from}. */
    record TimeRange(Instant from, Instant to) {
        boolean isEmpty() {
            return !from.isBefore(to);
        }
    }

    /**
     * All that queries must share to be answered by one request.
     *
     * @param tagKeys sorted
     * @param ownQuery a query of the user's own instead of measurement, field and tags
     */
    record Source(
            String bucket,
            String measurement,
            String field,
            List<String> tagKeys,
            SampleKind kind,
            Step step,
            @Nullable String ownQuery,
            TimeRange range) {
        Source {
            tagKeys = List.copyOf(tagKeys);
        }

        /** The source of a query, its range cut to the steps that have ended by {@code now}. */
        static Source of(RateHistory.Query query, Instant now) {
            TrafficSource traffic = query.source();
            int seconds = traffic.step().seconds();
            Instant ended = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), seconds) * seconds);
            Instant to = query.to().isAfter(ended) ? ended : query.to();
            return new Source(
                    traffic.bucket(),
                    isOwn(traffic) ? "" : traffic.measurement(),
                    isOwn(traffic) ? "" : traffic.field(),
                    isOwn(traffic) ? List.of() : List.copyOf(traffic.tags().keySet()),
                    traffic.kind(),
                    traffic.step(),
                    traffic.query(),
                    new TimeRange(query.from(), to));
        }

        /** For log lines. */
        String title() {
            return ownQuery == null ? bucket + "/" + measurement + "/" + field : bucket + " (own query)";
        }
    }
}
