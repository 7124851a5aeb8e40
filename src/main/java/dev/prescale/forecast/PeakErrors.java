package dev.prescale.forecast;

import java.util.Arrays;

/** Errors of issued predictions: realized log ratio less predicted log ratio, per level. */
final class PeakErrors {
    private final PeakSample sample;
    private final QuantileLevels levels;
    /** [level][row]. */
    private final double[][] errors;

    private int size;

    PeakErrors(PeakSample sample, QuantileLevels levels) {
        this.sample = sample;
        this.levels = levels;
        this.errors = new double[levels.size()][sample.size()];
    }

    /** Adds what this predictor would have issued for the rows with positions {@code [from, to)}. */
    void add(PeakPredictor predictor, int from, int to) {
        for (int k = from; k < to; k++) {
            double[] row = sample.rows()[k];
            for (int i = 0; i < levels.size(); i++) {
                errors[i][size] = sample.targets()[k] - CalibratedPeaks.bounded(predictor.logRatio(row, i), row);
            }
            size++;
        }
    }

    int size() {
        return size;
    }

    /** Per level the quantile of the errors at that level. */
    double[] shifts() {
        double[] shifts = new double[levels.size()];
        for (int i = 0; i < shifts.length; i++) {
            double[] sorted = Arrays.copyOf(errors[i], size);
            Arrays.sort(sorted);
            shifts[i] = Quantiles.ofSorted(sorted, levels.get(i));
        }
        return shifts;
    }

    /** Per level the quantile of the log ratios of the peak to the newest rate before it: calibrated persistence. */
    double[] persistence() {
        double[] sorted = sample.persistence().clone();
        Arrays.sort(sorted);
        double[] quantiles = new double[levels.size()];
        Arrays.setAll(quantiles, i -> Quantiles.ofSorted(sorted, levels.get(i)));
        return quantiles;
    }
}
