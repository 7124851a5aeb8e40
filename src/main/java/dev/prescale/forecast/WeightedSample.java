package dev.prescale.forecast;

import java.util.Arrays;

/** Values with weights, from which quantiles are taken. */
final class WeightedSample {
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

    /** By value; equal values keep the order in which they came, so that sums of their weights are always the same. */
    private void sort() {
        if (sorted) {
            return;
        }
        long[] order = new long[size];
        double[] sortedValues = Arrays.copyOf(values, size);
        Arrays.sort(sortedValues);
        int[] next = new int[size];
        Arrays.fill(next, -1);
        double[] sortedWeights = new double[size];
        for (int k = 0; k < size; k++) {
            int place = firstOf(sortedValues, values[k]);
            while (next[place] >= 0) {
                place++;
            }
            next[place] = k;
            sortedWeights[place] = weights[k];
        }
        values = sortedValues;
        weights = sortedWeights;
        sorted = true;
    }

    private static int firstOf(double[] ascending, double value) {
        int place = Arrays.binarySearch(ascending, value);
        while (place > 0 && ascending[place - 1] == value) {
            place--;
        }
        return place;
    }
}
