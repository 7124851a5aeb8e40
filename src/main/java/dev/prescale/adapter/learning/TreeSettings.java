package dev.prescale.adapter.learning;

import dev.prescale.series.Require;

/**
 * Hyper-parameters of boosted trees.
 *
 * @param trees boosting rounds
 * @param depth of a tree, at most
 * @param leaves of a tree, at most
 * @param shrinkage share of each tree that is added, (0, 1]
 * @param rowShare share of the rows that each tree sees, (0, 1]
 */
record TreeSettings(int trees, int depth, int leaves, int leastRowsPerLeaf, double shrinkage, double rowShare) {
    TreeSettings {
        Require.that(trees >= 1 && trees <= 1_000, "trees must be 1 to 1000, was %s", trees);
        Require.that(depth >= 2 && depth <= 20, "depth must be 2 to 20, was %s", depth);
        Require.that(leaves >= 2 && leaves <= 256, "leaves must be 2 to 256, was %s", leaves);
        Require.that(leastRowsPerLeaf >= 1, "leastRowsPerLeaf must be >= 1, was %s", leastRowsPerLeaf);
        Require.that(shrinkage > 0 && shrinkage <= 1, "shrinkage must be in (0, 1], was %s", shrinkage);
        Require.that(rowShare > 0 && rowShare <= 1, "rowShare must be in (0, 1], was %s", rowShare);
    }

    @Override
    public String toString() {
        return "%d trees, depth %d, %d leaves, at least %d rows a leaf, shrinkage %s, %s of the rows per tree"
                .formatted(trees, depth, leaves, leastRowsPerLeaf, shrinkage, rowShare);
    }
}
