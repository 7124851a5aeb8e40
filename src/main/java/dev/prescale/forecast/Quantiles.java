package dev.prescale.forecast;

import dev.prescale.series.Require;
import java.util.Arrays;

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

    /** The median, between the two in the middle of an even number; {@code NaN} without any value. */
    public static double median(double[] values) {
        return median(values, values.length);
    }

    /** The median of the first {@code count} values of an array. */
    static double median(double[] values, int count) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }

    /** The split conformal quantile of the first {@code count} values of an array. */
    static double ofSorted(double[] sorted, int count, double level) {
        Require.that(count > 0, "a quantile needs a value");
        int rank = (int) Math.ceil(level * (count + 1) - 1e-9);
        return sorted[Math.clamp(rank, 1, count) - 1];
    }
}
