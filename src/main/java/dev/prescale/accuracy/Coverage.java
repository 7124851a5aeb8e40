package dev.prescale.accuracy;

import dev.prescale.series.Require;
import java.time.Duration;
import java.time.Instant;

/** Rolling share of outcomes at or below the quantile that was issued for them; for a true quantile it is the level. Immutable. */
public final class Coverage {
    /** A share this far from the level deserves a warning. */
    public static final double TOLERANCE = 0.05;

    private final double level;
    private final RollingMean covered;
    private final int outcomes;

    private Coverage(double level, RollingMean covered, int outcomes) {
        this.level = level;
        this.covered = covered;
        this.outcomes = outcomes;
    }

    public static Coverage of(double level) {
        Require.that(level > 0 && level < 1, "level must be in (0, 1), was %s", level);
        return new Coverage(level, RollingMean.NONE, 0);
    }

    Coverage with(Instant at, double outcome, double quantile, Duration memory) {
        return new Coverage(level, covered.with(at, outcome <= quantile ? 1 : 0, memory), outcomes + 1);
    }

    public double level() {
        return level;
    }

    /** Share in [0, 1], {@code NaN} without outcomes. */
    public double share() {
        return covered.mean();
    }

    /** Outcomes seen in all. */
    public int outcomes() {
        return outcomes;
    }

    /** Whether the share is further from the level than {@link #TOLERANCE} allows. */
    public boolean isOff() {
        return Math.abs(share() - level) > TOLERANCE;
    }
}
