package dev.prescale.forecast;

import dev.prescale.series.Require;
import java.util.Arrays;

/** Values with weights, from which quantiles are taken. */
final class WeightedSample {
    /** The last bits of a value give way to its position; more values than this are not taken. */
    private static final int POSITIONS = 1 << 14;

    private double[] values;
    private double[] weights;
    private int size;
    private boolean sorted;

    WeightedSample() {
        this(16);
    }

    /** @param capacity values that are expected */
    WeightedSample(int capacity) {
        this.values = new double[capacity];
        this.weights = new double[capacity];
    }

    /** @param weight > 0 */
    void add(double value, double weight) {
        Require.that(size < POSITIONS, "at most %s values", POSITIONS);
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size + 1);
            weights = Arrays.copyOf(weights, 2 * size + 1);
        }
        values[size] = value;
        weights[size++] = weight;
        sorted = false;
    }

    int size() {
        return size;
    }

    /**
     * Quantiles at ascending levels: the least value whose cumulated share of the weight reaches the level.
     *
     * @param levels shares in [0, 1], ascending
     */
    double[] quantiles(double[] levels) {
        sort();
        double total = 0;
        for (int k = 0; k < size; k++) {
            total += weights[k];
        }
        double[] quantiles = new double[levels.length];
        int k = 0;
        double cumulated = size == 0 ? 0 : weights[0];
        for (int i = 0; i < levels.length; i++) {
            while (k < size - 1 && cumulated < levels[i] * total * (1 - 1e-12)) {
                k++;
                cumulated += weights[k];
            }
            quantiles[i] = values[k];
        }
        return quantiles;
    }

    /** By value; of (nearly) equal ones the first that came is first, so that sums of weights are always the same. */
    private void sort() {
        if (sorted) {
            return;
        }
        long[] keys = new long[size];
        for (int k = 0; k < size; k++) {
            keys[k] = ascending(values[k]) & -POSITIONS | k;
        }
        Arrays.sort(keys);
        double[] sortedValues = new double[size];
        double[] sortedWeights = new double[size];
        for (int k = 0; k < size; k++) {
            int position = (int) (keys[k] & (POSITIONS - 1));
            // where the last bits alone tell two apart they may have come the other way round
            sortedValues[k] = k > 0 ? Math.max(values[position], sortedValues[k - 1]) : values[position];
            sortedWeights[k] = weights[position];
        }
        values = sortedValues;
        weights = sortedWeights;
        sorted = true;
    }

    /** Bits that ascend with the value. */
    private static long ascending(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }
}
