package dev.prescale.backtest;

import dev.prescale.series.Require;
import java.time.Duration;

/**
 * How long simulated replicas take from order to ready: log-normal with {@code ln T ~ N(ln median, s^2)},
 * {@code s = ln(p90 / median) / 1.2816}; constant where the two are equal.
 *
 * @param p90 not exceeded by nine of ten
 */
public record StartTime(Duration median, Duration p90) {
    /** No start takes longer: what the tail draws beyond it is cut. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** 0.9 quantile of the standard normal distribution. */
    private static final double NORMAL_P90 = 1.2815515655446004;

    public StartTime {
        Require.that(
                !median.isNegative() && median.compareTo(p90) <= 0 && p90.compareTo(LONGEST) <= 0,
                "startTime must have 0 <= median <= p90 <= %s, was %s %s",
                LONGEST,
                median,
                p90);
        Require.that(!median.isZero() || p90.isZero(), "a median of 0 needs a p90 of 0, was %s", p90);
    }

    public static StartTime constant(Duration time) {
        return new StartTime(time, time);
    }

    public boolean isConstant() {
        return median.equals(p90);
    }

    boolean allows(Duration more) {
        return p90.plus(more).compareTo(LONGEST) <= 0;
    }

    StartTime plus(Duration more) {
        return new StartTime(median.plus(more), p90.plus(more));
    }

    /** The start time at a standard normal deviate, in whole seconds unless constant. */
    Duration at(double deviate) {
        if (isConstant()) {
            return median;
        }
        double sigma = StrictMath.log((double) p90.toMillis() / median.toMillis()) / NORMAL_P90;
        double seconds = median.toMillis() / 1000.0 * StrictMath.exp(sigma * deviate);
        return Duration.ofSeconds(Math.clamp(Math.round(seconds), 1, LONGEST.toSeconds()));
    }
}
