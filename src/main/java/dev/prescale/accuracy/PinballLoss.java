package dev.prescale.accuracy;

import dev.prescale.series.Require;

/**
 * The loss that a quantile forecast {@code q} at level {@code tau} has on the outcome {@code y}:
 * {@code max(tau (y - q), (tau - 1) (y - q))}, in the unit of both. Its mean is least for the true quantile (Koenker and
 * Bassett 1978).
 */
public final class PinballLoss {
    private PinballLoss() {}

    public static double of(double level, double outcome, double quantile) {
        Require.that(level > 0 && level < 1, "level must be in (0, 1), was %s", level);
        return Math.max(level * (outcome - quantile), (level - 1) * (outcome - quantile));
    }
}
