package dev.prescale.adapter.influx;

import dev.prescale.adapter.influx.SourceBatch.Source;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleGrid;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Flux. Each series is aggregated first, which the storage engine does by itself, then those of a tag set are added up.
 * Values become floats in between, because tables of integers and of floats cannot be grouped together.
 *
 * <p>A query of the user's own finds its range in {@code v.timeRangeStart}, {@code v.timeRangeStop} and its step in
 * {@code v.windowPeriod}, as on the dashboards of InfluxDB; both bounds must be used.
 */
final class FluxText implements QueryText {
    @Override
    public Optional<String> refusal(TrafficSource source) {
        String own = source.query();
        if (own == null) {
            return Optional.empty();
        }
        if (!own.contains("v.timeRangeStart") || !own.contains("v.timeRangeStop")) {
            return Optional.of("the query must read range(start: v.timeRangeStart, stop: v.timeRangeStop)");
        }
        return ReadOnlyFlux.refusal(own);
    }

    @Override
    public String rates(SourceBatch batch, SampleGrid grid) {
        Source source = batch.source();
        if (source.ownQuery() != null) {
            return source.ownQuery()
                    .replace("v.timeRangeStart", grid.from().toString())
                    .replace("v.timeRangeStop", grid.to().toString())
                    .replace("v.windowPeriod", grid.step().seconds() + "s");
        }
        return switch (source.kind()) {
            case COUNT ->
                rows(batch, grid.from(), grid.to()) + window(grid, "sum") + added(source, grid) + columns(source);
            case RATE ->
                rows(batch, grid.from(), grid.to()) + window(grid, "mean") + added(source, grid) + columns(source);
            case COUNTER ->
                // initialZero: after a restart the counter's new value is all increase.
                rows(batch, grid.counterFrom(), grid.to()) + """
                          |> toFloat()
                          |> difference(nonNegative: true, initialZero: true, keepFirst: true)
                          |> fill(value: 0.0)
                        """ + window(grid, "sum") + columns(source);
        };
    }

    private static String rows(SourceBatch batch, Instant from, Instant to) {
        Source source = batch.source();
        String rows =
                """
                from(bucket: %s)
                  |> range(start: %s, stop: %s)
                  |> filter(fn: (r) => r["_measurement"] == %s and r["_field"] == %s)
                """.formatted(quoted(source.bucket()), from, to, quoted(source.measurement()), quoted(source.field()));
        return source.tagKeys().isEmpty()
                ? rows
                : rows + "  |> filter(fn: (r) => %s)\n".formatted(anyOf(source.tagKeys(), batch.tagSets()));
    }

    /** Or-ed as a balanced tree: the server refuses a chain of 200 as "nested too deep". */
    private static String anyOf(List<String> keys, List<List<String>> tagSets) {
        if (tagSets.size() == 1) {
            return IntStream.range(0, keys.size())
                    .mapToObj(k -> "r[%s] == %s"
                            .formatted(
                                    quoted(keys.get(k)),
                                    quoted(tagSets.getFirst().get(k))))
                    .collect(Collectors.joining(" and "));
        }
        int middle = tagSets.size() / 2;
        return "(%s) or (%s)"
                .formatted(
                        anyOf(keys, tagSets.subList(0, middle)), anyOf(keys, tagSets.subList(middle, tagSets.size())));
    }

    /** Windows are labelled with their start; without {@code timeSrc} it would be their stop. */
    private static String window(SampleGrid grid, String aggregate) {
        return "  |> aggregateWindow(every: %ds, fn: %s, createEmpty: false, timeSrc: \"_start\")\n"
                .formatted(grid.step().seconds(), aggregate);
    }

    /** Adds up the series of a tag set. */
    private static String added(Source source, SampleGrid grid) {
        String keys = source.tagKeys().stream().map(FluxText::quoted).collect(Collectors.joining(", "));
        return "  |> toFloat()\n  |> group(columns: [%s])\n".formatted(keys) + window(grid, "sum");
    }

    /**
     * Tag columns get names of our own, because a tag named {@code table} or {@code result} would hide the column of that
     * name in the answer.
     */
    private static String columns(Source source) {
        List<String> keys = source.tagKeys();
        String renames = IntStream.range(0, keys.size())
                .mapToObj(k -> quoted(keys.get(k)) + ": " + quoted(tagColumn(k)))
                .collect(Collectors.joining(", "));
        return "  |> drop(columns: [\"_start\", \"_stop\", \"_measurement\", \"_field\"])\n"
                + (keys.isEmpty() ? "" : "  |> rename(columns: {%s})\n".formatted(renames));
    }

    /** The answer's column with the value of the tag key of this index. */
    static String tagColumn(int index) {
        return "__tag" + index;
    }

    @Override
    public String probe(@Nullable String bucket) {
        return bucket == null ? "buckets() |> limit(n: 1)" : """
                import "influxdata/influxdb/schema"
                schema.measurements(bucket: %s) |> limit(n: 1)""".formatted(quoted(bucket));
    }

    /** A string literal; the server takes no query parameters, so this is where names are made harmless. */
    static String quoted(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                // "${" would be evaluated.
                case '$' -> literal.append("\\$");
                default -> {
                    if (point < ' ' || point == 0x7f) {
                        literal.append(String.format(Locale.ROOT, "\\x%02x", point));
                    } else {
                        literal.appendCodePoint(point);
                    }
                }
            }
        });
        return literal.append('"').toString();
    }
}
