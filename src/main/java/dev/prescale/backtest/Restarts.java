package dev.prescale.backtest;

import dev.prescale.series.Require;
import java.time.Duration;

/**
 * Restarts of Prescale itself, at minutes that the seed draws: what it has learnt is gone, the journal of its decisions is
 * not.
 *
 * @param every mean time between two restarts
 * @param downFor how long no cycle runs
 */
public record Restarts(Duration every, Duration downFor) {
    public static final Duration SHORTEST_BETWEEN = Duration.ofMinutes(10);
    public static final Duration LONGEST_BETWEEN = Duration.ofDays(28);
    public static final Duration LONGEST_DOWN = Duration.ofHours(6);

    public Restarts {
        Require.that(
                every.compareTo(SHORTEST_BETWEEN) >= 0 && every.compareTo(LONGEST_BETWEEN) <= 0,
                "every must be from %s to %s, was %s",
                SHORTEST_BETWEEN,
                LONGEST_BETWEEN,
                every);
        Require.that(
                !downFor.isNegative() && downFor.compareTo(LONGEST_DOWN) <= 0,
                "downFor must be from 0 s to %s, was %s",
                LONGEST_DOWN,
                downFor);
    }
}
