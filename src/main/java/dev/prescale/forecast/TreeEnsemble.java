package dev.prescale.forecast;

import dev.prescale.series.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Boosted regression trees (Friedman 2001): {@code f(x) = b + sum of o_k(x)}, with {@code b} the intercept and {@code o_k(x)}
 * the output of the leaf of tree {@code k} into which {@code x} falls. At a split {@code x[i] <= threshold} goes to the left;
 * what is not a number goes to the right. Immutable; asking allocates nothing.
 */
public final class TreeEnsemble {
    /** In place of a feature: the node is a leaf, and its value is an output instead of a threshold. */
    public static final int LEAF = -1;

    public static final int MOST_FEATURES = 256;
    public static final int MOST_NODES = 1_000_000;

    private final int featureCount;
    private final double intercept;
    /** First node of each tree. A left child follows its parent. */
    private final int[] roots;

    private final int[] features;
    private final double[] values;
    private final int[] rightChildren;

    private TreeEnsemble(int featureCount, double intercept, int treeCount, int nodeCount) {
        this.featureCount = featureCount;
        this.intercept = intercept;
        this.roots = new int[treeCount];
        this.features = new int[nodeCount];
        this.values = new double[nodeCount];
        this.rightChildren = new int[nodeCount];
    }

    /**
     * One tree, its nodes in pre-order: a split, then its left subtree, then its right one.
     *
     * @param features what each node splits by, {@link #LEAF} for a leaf
     * @param values the threshold of a split, the output of a leaf
     */
    public record Tree(List<Integer> features, List<Double> values) {
        public Tree {
            features = List.copyOf(features);
            values = List.copyOf(values);
            Require.that(
                    features.size() == values.size(),
                    "%s nodes need as many values, were %s",
                    features.size(),
                    values.size());
            int open = 1;
            for (int feature : features) {
                Require.that(open > 0, "a tree of %s nodes goes on after its last leaf", features.size());
                Require.that(feature >= LEAF, "feature must be >= %s, was %s", LEAF, feature);
                open += feature == LEAF ? -1 : 1;
            }
            Require.that(open == 0, "a tree of %s nodes lacks %s leaves", features.size(), open);
            for (double value : values) {
                Require.that(Double.isFinite(value), "threshold or output must be finite, was %s", value);
            }
        }
    }

    /**
     * @param featureCount how many features a row has
     * @param intercept the {@code b} of the sum
     */
    public static TreeEnsemble of(int featureCount, double intercept, List<Tree> trees) {
        Require.that(
                featureCount >= 1 && featureCount <= MOST_FEATURES,
                "1 to %s features, were %s",
                MOST_FEATURES,
                featureCount);
        Require.that(Double.isFinite(intercept), "intercept must be finite, was %s", intercept);
        long nodes = trees.stream().mapToLong(tree -> tree.features().size()).sum();
        Require.that(nodes <= MOST_NODES, "at most %s nodes, were %s", MOST_NODES, nodes);
        TreeEnsemble ensemble = new TreeEnsemble(featureCount, intercept, trees.size(), (int) nodes);
        int next = 0;
        for (int k = 0; k < trees.size(); k++) {
            ensemble.roots[k] = next;
            next = ensemble.place(trees.get(k), next);
        }
        return ensemble;
    }

    private int place(Tree tree, int root) {
        int size = tree.features().size();
        int[] waiting = new int[size];
        int splits = 0;
        for (int i = 0; i < size; i++) {
            int feature = tree.features().get(i);
            Require.that(feature < featureCount, "feature %s of %s", feature, featureCount);
            features[root + i] = feature;
            values[root + i] = tree.values().get(i);
            if (feature != LEAF) {
                waiting[splits++] = root + i;
            } else if (splits > 0) {
                // after a leaf comes the right subtree of the newest split that has none yet
                rightChildren[waiting[--splits]] = root + i + 1;
            }
        }
        return root + size;
    }

    public int featureCount() {
        return featureCount;
    }

    public double intercept() {
        return intercept;
    }

    public int nodeCount() {
        return features.length;
    }

    /**
     * {@code f(x)}.
     *
     * @param x the features of the row
     */
    public double predict(double[] x) {
        double sum = intercept;
        for (int root : roots) {
            int node = root;
            for (int i = features[node]; i != LEAF; i = features[node]) {
                node = x[i] <= values[node] ? node + 1 : rightChildren[node];
            }
            sum += values[node];
        }
        return sum;
    }

    /** The trees, in the form they were given in. */
    public List<Tree> trees() {
        List<Tree> trees = new ArrayList<>();
        for (int k = 0; k < roots.length; k++) {
            int end = k + 1 < roots.length ? roots[k + 1] : features.length;
            List<Integer> treeFeatures = new ArrayList<>();
            List<Double> treeValues = new ArrayList<>();
            for (int node = roots[k]; node < end; node++) {
                treeFeatures.add(features[node]);
                treeValues.add(values[node]);
            }
            trees.add(new Tree(treeFeatures, treeValues));
        }
        return Collections.unmodifiableList(trees);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeEnsemble that
                && featureCount == that.featureCount
                && intercept == that.intercept
                && trees().equals(that.trees());
    }

    @Override
    public int hashCode() {
        return 31 * featureCount + trees().hashCode();
    }

    @Override
    public String toString() {
        return "TreeEnsemble[features=%d, trees=%d, nodes=%d]".formatted(featureCount, roots.length, features.length);
    }
}
