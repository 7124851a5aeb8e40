package dev.prescale.adapter.influx;

import dev.prescale.adapter.influx.SourceBatch.Source;
import dev.prescale.adapter.influx.SourceBatch.TimeRange;
import dev.prescale.control.TrafficSource;
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
 *
 * <p>{@code WHERE field >= 0} is not used to drop negative values: servers answer it with nothing for unsigned fields.
 */
final class InfluxqlText implements QueryText {
    private static final Pattern SELECT = Pattern.compile("\\s*SELECT\\s.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    /** As a word of its own, wherever it stands: what is a string and what is not is for the server to say, not for us. */
    private static final Pattern INTO =
            Pattern.compile("(?<![a-z_])into(?![a-z0-9_])", Pattern.CASE_INSENSITIVE);

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
    public String rates(SourceBatch batch, TimeRange range) {
        Source source = batch.source();
        if (source.ownQuery() != null) {
            return source.ownQuery()
                    .replace("$timeFilter", within(range))
                    .replace("$interval", source.step().seconds() + "s");
        }
        return switch (source.kind()) {
            case COUNT -> perStep(batch, "sum(%s)".formatted(field(source)), table(source), range);
            case RATE -> perStep(batch, "mean(%s)".formatted(field(source)), table(source), range);
            case COUNTER -> increases(batch, range);
        };
    }

    /**
     * Two statements. The first adds up what the counter rose. {@code non_negative_difference} leaves out the step across
     * a restart, where all of the new value b is increase; with a before it, difference d = b - a and mean of two
     * m = (a + b) / 2 give b = m + d / 2, which the second statement adds up where d is below 0. (InfluxQL cannot select
     * the value itself beside a difference.)
     */
    private static String increases(SourceBatch batch, TimeRange range) {
        Source source = batch.source();
        Instant earlier =
                range.from().minusSeconds((long) COUNTER_LOOK_BACK_STEPS * source.step().seconds());
        // The outer range bounds the inner one, so both begin earlier; the extra steps are dropped on arrival.
        TimeRange wider = new TimeRange(earlier, range.to());
        String rows = "%s WHERE %s GROUP BY *".formatted(table(source), where(batch, wider));
        String name = field(source);
        String rises = "(SELECT non_negative_difference(%s) AS rise FROM %s)".formatted(name, rows);
        String pairs = "(SELECT difference(%s) AS d, moving_average(%s, 2) AS m FROM %s)".formatted(name, name, rows);
        String restarts = "(SELECT m + d / 2 AS rise FROM %s WHERE d < 0 AND %s GROUP BY *)"
                .formatted(pairs, within(wider));
        return perStep(batch, "sum(rise)", rises, wider) + ";\n" + perStep(batch, "sum(rise)", restarts, wider);
    }

    private static String perStep(SourceBatch batch, String aggregate, String table, TimeRange range) {
        Source source = batch.source();
        String groups = Stream.concat(
                        Stream.of("time(%ds)".formatted(source.step().seconds())),
                        source.tagKeys().stream().map(key -> identifier(key)))
                .collect(Collectors.joining(", "));
        return "SELECT %s AS total FROM %s WHERE %s GROUP BY %s fill(none)"
                .formatted(aggregate, table, where(batch, range), groups);
    }

    private static String where(SourceBatch batch, TimeRange range) {
        List<String> keys = batch.source().tagKeys();
        if (keys.isEmpty()) {
            return within(range);
        }
        String anyOf = batch.tagSets().stream()
                .map(values -> IntStream.range(0, keys.size())
                        .mapToObj(k -> identifier(keys.get(k)) + " = " + literal(values.get(k)))
                        .collect(Collectors.joining(" AND ", "(", ")")))
                .collect(Collectors.joining(" OR ", "(", ")"));
        return anyOf + " AND " + within(range);
    }

    private static String within(TimeRange range) {
        return "time >= '%s' AND time < '%s'".formatted(range.from(), range.to());
    }

    private static String table(Source source) {
        return identifier(source.measurement());
    }

    private static String field(Source source) {
        return identifier(source.field());
    }

    @Override
    public String probe(@Nullable String bucket) {
        return bucket == null ? "SHOW DATABASES" : "SHOW MEASUREMENTS LIMIT 1";
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
