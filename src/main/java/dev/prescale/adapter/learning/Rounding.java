package dev.prescale.adapter.learning;

import dev.prescale.forecast.TreeEnsemble;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Thresholds and outputs to six digits: a file a third as large, whose numbers a person can read. */
final class Rounding {
    private static final MathContext DIGITS = new MathContext(6);

    private Rounding() {}

    static TreeEnsemble rounded(TreeEnsemble ensemble) {
        List<TreeEnsemble.Tree> trees = ensemble.trees().stream()
                .map(tree -> new TreeEnsemble.Tree(
                        tree.features(),
                        tree.values().stream().map(Rounding::rounded).toList()))
                .toList();
        return TreeEnsemble.of(ensemble.featureCount(), rounded(ensemble.intercept()), trees);
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
