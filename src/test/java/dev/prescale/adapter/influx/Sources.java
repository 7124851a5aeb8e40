package dev.prescale.adapter.influx;

import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Queries for tests: counts per minute of the first ten minutes of 2024, of one service each. */
final class Sources {
    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    static final Instant TEN_PAST = Instant.parse("2024-01-01T00:10:00Z");
    static final Step MINUTE = new Step(60);

    private Sources() {}

    static TrafficSource source(SampleKind kind, Map<String, String> tags) {
        return new TrafficSource("traffic", "http_requests", "count", tags, kind, MINUTE, null);
    }

    static TrafficSource own(SampleKind kind, String query) {
        return new TrafficSource("traffic", "", "", Map.of(), kind, MINUTE, query);
    }

    static Query query(TrafficSource source) {
        return new Query(source, START, TEN_PAST);
    }

    static Query counts(String service) {
        return query(source(SampleKind.COUNT, Map.of("service", service)));
    }

    /** The one batch of these sources. */
    static SourceBatch batch(QueryText text, TrafficSource... sources) {
        List<SourceBatch> batches = ReadPlan.of(
                        List.of(sources).stream().map(Sources::query).toList(), TEN_PAST, text)
                .batches();
        if (batches.size() != 1) {
            throw new IllegalArgumentException(batches.size() + " batches");
        }
        return batches.getFirst();
    }
}
