package dev.prescale.accuracy;

import dev.prescale.forecast.Quantiles;
import dev.prescale.series.LocalSlots;
import dev.prescale.series.RateSeries;
import java.util.Arrays;

/**
 * Quantiles of the errors that each baseline made in the last two weeks, per horizon: a baseline plus its own error
 * quantile is a quantile forecast of its own, and the fair rival of ours. A pure function of the history. Immutable.
 */
final class BaselineErrors {
    private static final int DAYS = 14;
    private static final int MOST_ERRORS = 240;
    private static final int LEAST_ERRORS = 30;

    private final JudgedHorizons horizons;
    /** Of shape [baseline][horizon][level], req/s; {@code NaN} where there are too few errors to tell. */
    private final double[][][] quantiles;

    private BaselineErrors(JudgedHorizons horizons, double[][][] quantiles) {
        this.horizons = horizons;
        this.quantiles = quantiles;
    }

    /** @param slots local time of the steps of the series */
    static BaselineErrors in(RateSeries series, LocalSlots slots, JudgedHorizons horizons, double[] levels) {
        Baseline[] baselines = Baseline.values();
        double[][][] quantiles = new double[baselines.length][horizons.count()][levels.length];
        for (Baseline baseline : baselines) {
            for (int horizon = 0; horizon < horizons.count(); horizon++) {
                double[] errors = sortedErrors(baseline, series, slots, horizons.stepsAhead(horizon));
                for (int i = 0; i < levels.length; i++) {
                    quantiles[baseline.ordinal()][horizon][i] =
                            errors.length < LEAST_ERRORS ? Double.NaN : Quantiles.ofSorted(errors, levels[i]);
                }
            }
        }
        return new BaselineErrors(horizons, quantiles);
    }

    private static double[] sortedErrors(Baseline baseline, RateSeries series, LocalSlots slots, int stepsAhead) {
        int span = Math.min(series.size(), DAYS * series.step().perDay());
        int stride = strideOfAtLeast(span / MOST_ERRORS);
        double[] errors = new double[span / stride + 1];
        int count = 0;
        for (int target = series.size() - span; target < series.size(); target += stride) {
            double error = series.rateAt(target) - baseline.rate(series, slots, target - stepsAhead + 1, target);
            if (!Double.isNaN(error)) {
                errors[count++] = error;
            }
        }
        double[] known = Arrays.copyOf(errors, count);
        Arrays.sort(known);
        return known;
    }

    /** Without a factor in common with the steps of a day (2, 3, 5), so that every time of day is met. */
    private static int strideOfAtLeast(int least) {
        int stride = Math.max(1, least);
        while (stride % 2 == 0 || stride % 3 == 0 || stride % 5 == 0) {
            stride++;
        }
        return stride;
    }

    /**
     * What a baseline says of a step: its rate, then its quantiles in the order of the levels, req/s, never negative.
     * {@code NaN} where it says nothing.
     */
    void issue(Baseline baseline, int horizon, double rate, float[] into, int offset) {
        double[] errors = quantiles[baseline.ordinal()][horizon];
        boolean silent = Double.isNaN(errors[0]);
        into[offset] = silent ? Float.NaN : (float) rate;
        for (int i = 0; i < errors.length; i++) {
            into[offset + 1 + i] = (float) Math.max(0, rate + errors[i]);
        }
    }

    JudgedHorizons horizons() {
        return horizons;
    }
}
