package dev.prescale.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Values with weights, from which quantiles are taken. */
final class WeightedSample {
    private record Entry(double value, double weight) {}

    private final List<Entry> entries = new ArrayList<>();

    /** @param weight > 0 */
    void add(double value, double weight) {
        entries.add(new Entry(value, weight));
    }

    int size() {
        return entries.size();
    }

    /**
     * Quantiles at ascending levels: the least value whose cumulated share of the weight reaches the level.
     *
     * @param levels shares in [0, 1], ascending
     */
    double[] quantiles(double[] levels) {
        entries.sort(Comparator.comparingDouble(Entry::value));
        double total = 0;
        for (Entry entry : entries) {
            total += entry.weight();
        }
        double[] quantiles = new double[levels.length];
        int k = 0;
        double cumulated = entries.isEmpty() ? 0 : entries.getFirst().weight();
        for (int i = 0; i < levels.length; i++) {
            while (k < entries.size() - 1 && cumulated < levels[i] * total * (1 - 1e-12)) {
                k++;
                cumulated += entries.get(k).weight();
            }
            quantiles[i] = entries.get(k).value();
        }
        return quantiles;
    }
}
