package dev.prescale.adapter.learning;

import dev.prescale.forecast.TrainingRows;
import dev.prescale.forecast.TreeEnsemble;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import smile.base.cart.Loss;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.formula.Formula;
import smile.math.MathEx;
import smile.regression.GradientTreeBoost;

/** Gradient tree boosting (Friedman 2001), by Smile. */
final class BoostedTrees {
    private static final String TARGET = "target";

    /** Held here, because a logger that nobody holds forgets its level. */
    private static final Logger SMILE = Logger.getLogger("smile");

    static {
        // else it tells of every tree
        SMILE.setLevel(Level.WARNING);
    }

    private BoostedTrees() {}

    /** Fits quantiles by pinball loss. */
    static TreeEnsemble quantile(TrainingRows rows, double level, TreeSettings settings, long seed) {
        return fit(rows, Loss.quantile(level), settings, seed);
    }

    /** Fits medians by absolute loss. */
    static TreeEnsemble median(TrainingRows rows, TreeSettings settings, long seed) {
        return fit(rows, Loss.lad(), settings, seed);
    }

    private static TreeEnsemble fit(TrainingRows rows, Loss loss, TreeSettings settings, long seed) {
        return SmileTrees.ensemble(boosted(rows, loss, settings, seed), rows.featureCount(), settings.shrinkage());
    }

    /** Smile draws its subsamples from a generator of the thread, hence the seed is set just before. */
    static GradientTreeBoost boosted(TrainingRows rows, Loss loss, TreeSettings settings, long seed) {
        MathEx.setSeed(seed);
        return GradientTreeBoost.fit(
                Formula.lhs(TARGET),
                frame(rows),
                loss,
                settings.trees(),
                settings.depth(),
                settings.leaves(),
                settings.leastRowsPerLeaf(),
                settings.shrinkage(),
                settings.rowShare());
    }

    private static DataFrame frame(TrainingRows rows) {
        double[][] table = new double[rows.size()][];
        for (int row = 0; row < table.length; row++) {
            double[] features = rows.features(row);
            table[row] = Arrays.copyOf(features, features.length + 1);
            table[row][features.length] = rows.target(row);
        }
        return DataFrame.of(table, columns(rows.featureCount(), TARGET));
    }

    private static String[] columns(int features, String target) {
        return IntStream.rangeClosed(0, features)
                .mapToObj(i -> i < features ? "x" + i : target)
                .toArray(String[]::new);
    }

    /** A row as Smile's trees take it. */
    static Tuple tuple(double[] features) {
        return new FeatureTuple(features);
    }
}
