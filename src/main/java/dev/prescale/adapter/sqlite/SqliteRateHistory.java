package dev.prescale.adapter.sqlite;

import dev.prescale.control.RateHistory;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleGrid;
import dev.prescale.series.SampleKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The history in the embedded store. Values are summed up per step inside SQLite; a batch is one snapshot of the file.
 * There is one store and no bucket: a source's bucket is not looked at, so that a specification written for InfluxDB reads
 * the embedded store unchanged.
 */
final class SqliteRateHistory implements RateHistory {
    private static final String COUNTS = perStep("sum(value)", "SELECT (at - ?) / ? AS step, value FROM samples");
    private static final String RATES = perStep("avg(value)", "SELECT (at - ?) / ? AS step, value FROM samples");
    private static final String INCREASES = perStep(
            "sum(CASE WHEN before IS NULL THEN 0 WHEN value >= before THEN value - before ELSE value END)",
            "SELECT (at - ?) / ? AS step, value, lag(value) OVER (ORDER BY at) AS before FROM samples");

    private final Database database;
    private final SeriesIndex index;

    SqliteRateHistory(Database database, SeriesIndex index) {
        this.database = database;
        this.index = index;
    }

    private static String perStep(String aggregate, String samples) {
        return "SELECT step, %s, min(value) FROM (%s WHERE series = ? AND at >= ? AND at < ?) GROUP BY step"
                .formatted(aggregate, samples);
    }

    @Override
    public List<Answer> read(List<Query> queries, Instant now) {
        if (queries.isEmpty()) {
            return List.of();
        }
        try {
            return database.read(session -> {
                List<Answer> answers = new ArrayList<>(queries.size());
                for (Query query : queries) {
                    answers.add(answer(session, query, now));
                }
                return answers;
            });
        } catch (SQLException failed) {
            Answer answer = failed(failed);
            return queries.stream().map(query -> answer).toList();
        }
    }

    private Answer answer(Session session, Query query, Instant now) {
        TrafficSource source = query.source();
        if (source.query() != null) {
            return new Failed("the embedded store has no query language: name measurement, field and tags instead");
        }
        try {
            SampleGrid grid = query.completeSteps(now);
            List<RateSeries> parts = new ArrayList<>();
            for (long series : index.matching(source)) {
                parts.add(rates(session, source.kind(), series, grid));
            }
            return RateHistory.answerOf(grid.total(parts), query, now);
        } catch (SQLException failed) {
            return failed(failed);
        } catch (IllegalArgumentException notARate) {
            return new Failed("%s of %s: %s".formatted(source.field(), source.measurement(), notARate.getMessage()));
        }
    }

    private static Failed failed(SQLException failed) {
        return new Failed("the embedded store could not be read: " + failed.getMessage());
    }

    private static RateSeries rates(Session session, SampleKind kind, long series, SampleGrid grid)
            throws SQLException {
        return switch (kind) {
            case COUNT ->
                RateSeries.ofCounts(grid.from(), grid.step(), read(session, COUNTS, series, grid.from(), grid));
            case RATE -> RateSeries.of(grid.from(), grid.step(), read(session, RATES, series, grid.from(), grid));
            case COUNTER -> grid.ofIncreases(read(session, INCREASES, series, grid.counterFrom(), grid));
        };
    }

    /** One number per step from {@code from} to the end of the grid, {@code NaN} where the step has no sample. */
    private static double[] read(Session session, String sql, long series, Instant from, SampleGrid grid)
            throws SQLException {
        long stepNanos = grid.step().seconds() * EpochNanos.PER_SECOND;
        long first = EpochNanos.of(from);
        double[] values = new double[Math.toIntExact((EpochNanos.of(grid.to()) - first) / stepNanos)];
        Arrays.fill(values, Double.NaN);
        PreparedStatement select = session.prepared(sql);
        select.setLong(1, first);
        select.setLong(2, stepNanos);
        select.setLong(3, series);
        select.setLong(4, first);
        select.setLong(5, EpochNanos.of(grid.to()));
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                int step = rows.getInt(1);
                values[step] = rows.getDouble(2);
                requireNotNegative(rows.getDouble(3), EpochNanos.toInstant(first + step * stepNanos));
            }
        }
        return values;
    }

    private static void requireNotNegative(double smallest, Instant stepStart) {
        if (smallest < 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "a value in the step from %s on must be >= 0, was %s", stepStart, smallest));
        }
    }
}
