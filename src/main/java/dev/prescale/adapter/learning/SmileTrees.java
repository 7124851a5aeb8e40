package dev.prescale.adapter.learning;

import dev.prescale.forecast.TreeEnsemble;
import java.util.ArrayList;
import java.util.List;
import smile.base.cart.InternalNode;
import smile.base.cart.Node;
import smile.base.cart.OrdinalNode;
import smile.base.cart.RegressionNode;
import smile.regression.GradientTreeBoost;
import smile.regression.RegressionTree;

/**
 * Turns Smile's trees into trees of the core.
 *
 * <p>Smile does not tell the threshold of a split, but on which side of it a row lies: the threshold is the largest number
 * that goes to the left, found by bisection over all numbers in at most 64 questions. It does not tell the intercept either:
 * that is what a prediction has beyond its trees.
 */
final class SmileTrees {
    private final double[] features;
    private final FeatureTuple tuple;
    private final double shrinkage;

    private SmileTrees(int featureCount, double shrinkage) {
        this.features = new double[featureCount];
        this.tuple = new FeatureTuple(features);
        this.shrinkage = shrinkage;
    }

    /** @param shrinkage with which the model was fitted */
    static TreeEnsemble ensemble(GradientTreeBoost model, int featureCount, double shrinkage) {
        SmileTrees trees = new SmileTrees(featureCount, shrinkage);
        List<TreeEnsemble.Tree> converted = new ArrayList<>();
        double ofTrees = 0;
        for (RegressionTree tree : model.trees()) {
            converted.add(trees.tree(tree.root()));
            ofTrees += shrinkage * tree.predict(BoostedTrees.tuple(new double[featureCount]));
        }
        double intercept = model.predict(BoostedTrees.tuple(new double[featureCount])) - ofTrees;
        return TreeEnsemble.of(featureCount, intercept, converted);
    }

    private TreeEnsemble.Tree tree(Node root) {
        List<Integer> splits = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        add(root, splits, values);
        return new TreeEnsemble.Tree(splits, values);
    }

    private void add(Node node, List<Integer> splits, List<Double> values) {
        switch (node) {
            case OrdinalNode split -> {
                splits.add(split.feature());
                values.add(threshold(split));
                add(split.trueChild(), splits, values);
                add(split.falseChild(), splits, values);
            }
            case RegressionNode leaf -> {
                splits.add(TreeEnsemble.LEAF);
                values.add(shrinkage * leaf.output());
            }
            default -> throw new IllegalStateException("a tree over numbers has no " + node.getClass());
        }
    }

    private double threshold(InternalNode split) {
        long low = ordered(-Double.MAX_VALUE);
        long high = ordered(Double.MAX_VALUE);
        while (low < high) {
            long middle = low + (high - low >>> 1) + 1;
            features[split.feature()] = number(middle);
            if (split.branch(tuple)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return number(low);
    }

    /** Numbers in their order as whole numbers; the mapping is its own inverse. */
    private static long ordered(double value) {
        return flipped(Double.doubleToLongBits(value));
    }

    private static double number(long ordered) {
        return Double.longBitsToDouble(flipped(ordered));
    }

    private static long flipped(long bits) {
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }
}
