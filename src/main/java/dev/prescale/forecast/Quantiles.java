package dev.prescale.forecast;

import dev.prescale.series.Require;

/** Empirical quantiles. */
public final class Quantiles {
    private Quantiles() {}

    /**
     * The finite-sample quantile of split conformal prediction: the value of rank {@code ceil(level * (n + 1))} of
     * {@code n} sorted values, the largest where that rank is beyond them (Vovk, Gammerman, Shafer 2005).
     */
    public static double ofSorted(double[] sorted, double level) {
        return ofSorted(sorted, sorted.length, level);
    }

    /** The same of the first {@code count} values of an array. */
    static double ofSorted(double[] sorted, int count, double level) {
        Require.that(count > 0, "a quantile needs a value");
        int rank = (int) Math.ceil(level * (count + 1) - 1e-9);
        return sorted[Math.clamp(rank, 1, count) - 1];
    }
}
