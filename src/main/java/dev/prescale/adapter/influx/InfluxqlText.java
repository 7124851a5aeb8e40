package dev.prescale.adapter.influx;

import dev.prescale.adapter.influx.SourceBatch.Source;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleGrid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * InfluxQL. A query of the user's own finds its range in {@code $timeFilter}, which it must use, and its step in
 * {@code $interval}, as in Grafana.
 */
final class InfluxqlText implements QueryText {
    private static final Pattern SELECT = Pattern.compile("\\s*SELECT\\s.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    /** As a word of its own, wherever it stands: what is a string and what is not is for the server to say, not for us. */
    private static final Pattern INTO = Pattern.compile("(?<![a-z_])into(?![a-z0-9_])", Pattern.CASE_INSENSITIVE);

    @Override
    public Optional<String> refusal(TrafficSource source) {
        String own = source.query();
        if (own == null) {
            return Stream.concat(
                            Stream.of(source.bucket(), source.measurement(), source.field()),
                            source.tags().entrySet().stream().flatMap(tag -> Stream.of(tag.getKey(), tag.getValue())))
                    .filter(name -> name.indexOf('\0') >= 0 || name.indexOf('\r') >= 0)
                    .findAny()
                    .map(name -> "a name or tag value has a control character that InfluxQL cannot express");
        }
        if (!SELECT.matcher(own).matches()) {
            return Optional.of("the query must be one SELECT statement");
        }
        if (own.contains(";")) {
            return Optional.of("the query must be one statement, without ';'");
        }
        if (INTO.matcher(own).find()) {
            return Optional.of("the query must only read, without INTO");
        }
        return own.contains("$timeFilter")
                ? Optional.empty()
                : Optional.of("the query must have $timeFilter in its WHERE clause");
    }

    @Override
    public String rates(SourceBatch batch, SampleGrid grid) {
        Source source = batch.source();
        if (source.ownQuery() != null) {
            return source.ownQuery()
                    .replace("$timeFilter", within(grid.from(), grid.to()))
                    .replace("$interval", grid.step().seconds() + "s");
        }
        String where = where(batch, grid.from(), grid.to());
        String field = identifier(source.field());
        return switch (source.kind()) {
            case COUNT -> perStep("sum(%s)".formatted(field), table(source), where, byTags(source, grid));
            case RATE -> {
                String means = perStep("mean(%s)".formatted(field), table(source), where, bySeries(grid));
                yield perStep("sum(total)", "(" + means + ")", where, byTags(source, grid));
            }
            case COUNTER -> increases(batch, grid);
        };
    }

    /**
     * Three statements, whose rows are added up. The first has a 0 where there is a sample, the second what the counter
     * rose. {@code non_negative_difference} leaves out the step across a restart, where all of the new value b is
     * increase; with a before it, difference d = b - a and mean of two m = (a + b) / 2 give b = m + d / 2, which the third
     * adds up where d is below 0. (InfluxQL cannot select the value itself beside a difference.)
     */
    private static String increases(SourceBatch batch, SampleGrid grid) {
        String field = identifier(batch.source().field());
        String where = where(batch, grid.counterFrom(), grid.to());
        String rows = "%s WHERE %s GROUP BY *".formatted(table(batch.source()), where);
        String rises = "(SELECT non_negative_difference(%s) AS rise FROM %s)".formatted(field, rows);
        String pairs = "(SELECT difference(%s) AS d, moving_average(%s, 2) AS m FROM %s)".formatted(field, field, rows);
        String restarts = "(SELECT m + d / 2 AS rise FROM %s WHERE d < 0 AND %s GROUP BY *)"
                .formatted(pairs, within(grid.counterFrom(), grid.to()));
        return String.join(
                ";\n",
                perStep("count(%s) * 0".formatted(field), table(batch.source()), where, bySeries(grid)),
                perStep("sum(rise)", rises, where, bySeries(grid)),
                perStep("sum(rise)", restarts, where, bySeries(grid)));
    }

    private static String perStep(String aggregate, String from, String where, String groups) {
        return "SELECT %s AS total FROM %s WHERE %s GROUP BY %s fill(none)".formatted(aggregate, from, where, groups);
    }

    private static String byTags(Source source, SampleGrid grid) {
        return Stream.concat(Stream.of(time(grid)), source.tagKeys().stream().map(InfluxqlText::identifier))
                .collect(Collectors.joining(", "));
    }

    private static String bySeries(SampleGrid grid) {
        return time(grid) + ", *";
    }

    private static String time(SampleGrid grid) {
        return "time(%ds)".formatted(grid.step().seconds());
    }

    private static String where(SourceBatch batch, Instant from, Instant to) {
        List<String> keys = batch.source().tagKeys();
        if (keys.isEmpty()) {
            return within(from, to);
        }
        String anyOf = batch.tagSets().stream()
                .map(values -> IntStream.range(0, keys.size())
                        .mapToObj(k -> identifier(keys.get(k)) + " = " + literal(values.get(k)))
                        .collect(Collectors.joining(" AND ", "(", ")")))
                .collect(Collectors.joining(" OR ", "(", ")"));
        return anyOf + " AND " + within(from, to);
    }

    private static String within(Instant from, Instant to) {
        return "time >= '%s' AND time < '%s'".formatted(from, to);
    }

    private static String table(Source source) {
        return identifier(source.measurement());
    }

    @Override
    public String probe(@Nullable String bucket) {
        // SHOW statements have no error for a database that does not exist; SELECT has, and finds nothing at once.
        return bucket == null ? "SHOW DATABASES" : "SELECT \"probe\" FROM \"prescale_probe\" LIMIT 1";
    }

    static String identifier(String name) {
        return '"' + escaped(name).replace("\"", "\\\"") + '"';
    }

    static String literal(String value) {
        return '\'' + escaped(value).replace("'", "\\'") + '\'';
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }
}
