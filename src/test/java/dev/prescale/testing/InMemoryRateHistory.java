package dev.prescale.testing;

import dev.prescale.control.RateHistory;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Sample;
import dev.prescale.series.SampleGrid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A history in memory. Like the embedded store it has one bucket and no query language; tests can make it fail. */
public final class InMemoryRateHistory implements RateHistory {
    private final Map<SeriesKey, Map<Instant, Double>> stored = new LinkedHashMap<>();
    private String outage = "";

    /** Writes one point; a second one at the same instant of the same series replaces it. */
    public void write(String measurement, Map<String, String> tags, String field, Instant at, double value) {
        stored.computeIfAbsent(new SeriesKey(measurement, Map.copyOf(tags), field), key -> new LinkedHashMap<>())
                .put(at, value);
    }

    /** From now on every query fails with this reason. */
    public void failWith(String reason) {
        outage = reason;
    }

    /** The store answers again. */
    public void recover() {
        outage = "";
    }

    @Override
    public List<Answer> read(List<Query> queries, Instant now) {
        return queries.stream().map(query -> answer(query, now)).toList();
    }

    private Answer answer(Query query, Instant now) {
        if (!outage.isEmpty()) {
            return new Failed(outage);
        }
        if (query.source().query() != null) {
            return new Failed("an in-memory history has no query language");
        }
        SampleGrid grid = query.completeSteps(now);
        List<RateSeries> parts = new ArrayList<>();
        try {
            stored.forEach((key, points) -> {
                if (key.matches(query.source())) {
                    parts.add(grid.place(query.source().kind(), samples(points)));
                }
            });
            return RateHistory.answerOf(grid.total(parts), query, now);
        } catch (IllegalArgumentException notARate) {
            return new Failed(notARate.getMessage());
        }
    }

    private static List<Sample> samples(Map<Instant, Double> points) {
        return points.entrySet().stream()
                .map(point -> new Sample(point.getKey(), point.getValue()))
                .toList();
    }

    private record SeriesKey(String measurement, Map<String, String> tags, String field) {
        boolean matches(TrafficSource source) {
            return measurement.equals(source.measurement())
                    && field.equals(source.field())
                    && tags.entrySet().containsAll(source.tags().entrySet());
        }
    }
}
