package dev.prescale.simulation;

import dev.prescale.control.RateHistory;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A history that is at times unreachable, late, or without some samples. What goes wrong in a minute follows from the seed
 * and that minute only.
 */
final class FaultyHistory implements RateHistory {
    private static final double FAILED_QUARTERS = 0.08;
    private static final double LATE_QUARTERS = 0.15;
    private static final double LOST_MINUTES = 0.05;
    private static final int MOST_MINUTES_LATE = 8;
    private static final long QUARTER_SECONDS = 900;

    private final RateHistory history;
    private final long seed;

    FaultyHistory(RateHistory history, long seed) {
        this.history = history;
        this.seed = seed;
    }

    @Override
    public List<Answer> read(List<Query> queries, Instant now) {
        SplittableRandom quarter = drawsOf(now.getEpochSecond() / QUARTER_SECONDS);
        double kind = quarter.nextDouble();
        if (kind < FAILED_QUARTERS) {
            return queries.stream()
                    .<Answer>map(query -> new Failed("simulated outage"))
                    .toList();
        }
        int late = kind < FAILED_QUARTERS + LATE_QUARTERS ? quarter.nextInt(1, MOST_MINUTES_LATE + 1) : 0;
        List<Answer> answers = history.read(queries, now);
        return java.util.stream.IntStream.range(0, answers.size())
                .mapToObj(i -> worsened(answers.get(i), queries.get(i), now, late))
                .toList();
    }

    private Answer worsened(Answer answer, Query query, Instant now, int minutesLate) {
        return switch (answer) {
            case Samples samples -> RateHistory.answerOf(lossy(samples.series(), minutesLate), query, now);
            case Stale stale -> RateHistory.answerOf(lossy(stale.series(), minutesLate), query, now);
            case Empty empty -> empty;
            case Failed failed -> failed;
        };
    }

    private RateSeries lossy(RateSeries series, int minutesLate) {
        double[] rates = series.rates();
        for (int k = 0; k < rates.length; k++) {
            boolean isLost = drawsOf(-series.instantAt(k).getEpochSecond()).nextDouble() < LOST_MINUTES;
            if (isLost || k >= rates.length - minutesLate) {
                rates[k] = Double.NaN;
            }
        }
        return RateSeries.of(series.start(), series.step(), rates);
    }

    private SplittableRandom drawsOf(long key) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + key);
    }
}
