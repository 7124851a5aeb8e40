package dev.prescale.forecast;

import java.util.Arrays;
import java.util.List;

/** {@link PeakTrees} for one window and step. */
final class PeakTreesPredictor implements PeakPredictor {
    private final List<TreeEnsemble> ensembles;
    private final double[] held;
    /** Per wanted level: how many ensembles lie at or below it, at least 1. */
    private final int[] below;
    /** Per wanted level: the share of the next ensemble. */
    private final double[] shares;

    /** @param held features that are the same in every row */
    PeakTreesPredictor(PeakTrees trees, double[] held, QuantileLevels wanted) {
        List<Double> levels = trees.levels();
        this.ensembles = trees.ensembles();
        this.held = held;
        this.below = new int[wanted.size()];
        this.shares = new double[wanted.size()];
        for (int i = 0; i < wanted.size(); i++) {
            int count = 1;
            while (count < levels.size() && levels.get(count) <= wanted.get(i) + 1e-12) {
                count++;
            }
            below[i] = count;
            if (count < levels.size()) {
                double low = tail(levels.get(count - 1));
                shares[i] = Math.clamp((tail(wanted.get(i)) - low) / (tail(levels.get(count)) - low), 0, 1);
            }
        }
    }

    private static double tail(double level) {
        return -Math.log(1 - level);
    }

    @Override
    public double logRatio(double[] features, int level) {
        double[] row = Arrays.copyOf(features, features.length + held.length);
        System.arraycopy(held, 0, row, features.length, held.length);
        // trees of different levels may cross, quantiles may not: never below one of a lower level
        double low = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < below[level]; k++) {
            low = Math.max(low, ensembles.get(k).predict(row));
        }
        if (shares[level] == 0) {
            return low;
        }
        double high = Math.max(low, ensembles.get(below[level]).predict(row));
        return low + shares[level] * (high - low);
    }
}
