package dev.prescale.forecast;

import dev.prescale.series.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a shared model learns from: rows of features, the target of each, and what naive methods would have said in its place.
 * All free of scale, so that rows of many endpoints may be put together.
 */
public final class TrainingRows {
    private final int featureCount;
    private final List<String> naives;
    private final List<double[]> features = new ArrayList<>();
    private final List<double[]> outcomes = new ArrayList<>();

    /** @param naives names of the naive methods */
    TrainingRows(int featureCount, List<String> naives) {
        this.featureCount = featureCount;
        this.naives = List.copyOf(naives);
    }

    /**
     * @param features which now belong to these rows
     * @param naiveValues one per naive method
     */
    void add(double[] features, double target, double... naiveValues) {
        Require.that(features.length == featureCount, "%s features, were %s", featureCount, features.length);
        Require.that(naiveValues.length == naives.size(), "%s naives, were %s", naives.size(), naiveValues.length);
        double[] outcome = new double[1 + naiveValues.length];
        outcome[0] = target;
        System.arraycopy(naiveValues, 0, outcome, 1, naiveValues.length);
        this.features.add(features);
        this.outcomes.add(outcome);
    }

    public int size() {
        return features.size();
    }

    public int featureCount() {
        return featureCount;
    }

    /** Names of the naive methods. */
    public List<String> naives() {
        return naives;
    }

    /** A copy of the features of a row. */
    public double[] features(int row) {
        return features.get(row).clone();
    }

    public double target(int row) {
        return outcomes.get(row)[0];
    }

    /** What the naive method at this position would have said. */
    public double naive(int row, int position) {
        return outcomes.get(row)[1 + position];
    }

    /** These rows and those. */
    public TrainingRows and(TrainingRows others) {
        TrainingRows both = new TrainingRows(featureCount, naives);
        Require.that(others.featureCount == featureCount, "%s features, were %s", featureCount, others.featureCount);
        for (TrainingRows part : List.of(this, others)) {
            both.features.addAll(part.features);
            both.outcomes.addAll(part.outcomes);
        }
        return both;
    }

    /** At most so many of these rows, drawn without replacement. */
    public TrainingRows sample(int most, long seed) {
        if (size() <= most) {
            return this;
        }
        List<Integer> order = new ArrayList<>(size());
        for (int row = 0; row < size(); row++) {
            order.add(row);
        }
        SplittableRandom random = new SplittableRandom(seed);
        TrainingRows drawn = new TrainingRows(featureCount, naives);
        for (int k = 0; k < most; k++) {
            Collections.swap(order, k, k + random.nextInt(size() - k));
            drawn.features.add(features.get(order.get(k)));
            drawn.outcomes.add(outcomes.get(order.get(k)));
        }
        return drawn;
    }
}
