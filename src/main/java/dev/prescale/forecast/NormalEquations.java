package dev.prescale.forecast;

import java.util.Arrays;

/** Weighted least squares {@code (X'WX + ridge I) beta = X'Wy}; the storage is kept from one solution to the next. */
final class NormalEquations {
    private final int size;
    /** Lower triangle of {@code X'WX}. */
    private final double[][] gram;

    private final double[] right;

    /** @param size number of coefficients */
    NormalEquations(int size) {
        this.size = size;
        this.gram = new double[size][];
        Arrays.setAll(gram, i -> new double[i + 1]);
        this.right = new double[size];
    }

    /** The coefficients for the rows {@code [from, to)} of {@code X}. */
    double[] solve(double[][] rows, double[] targets, double[] weights, int from, int to, double ridge) {
        for (int i = 0; i < size; i++) {
            Arrays.fill(gram[i], 0);
            right[i] = 0;
        }
        for (int k = from; k < to; k++) {
            addToRight(rows[k], weights[k] * targets[k]);
        }
        int k = from;
        for (; k + 3 < to; k += 4) {
            addFour(rows, weights, k);
        }
        for (; k < to; k++) {
            addOne(rows[k], weights[k]);
        }
        for (int i = 0; i < size; i++) {
            gram[i][i] += ridge;
        }
        return Cholesky.solve(gram, right);
    }

    private void addToRight(double[] row, double weightedTarget) {
        for (int i = 0; i < size; i++) {
            right[i] += weightedTarget * row[i];
        }
    }

    /** Four rows at a time: each element of the triangle is read and written once for all of them. */
    private void addFour(double[][] rows, double[] weights, int k) {
        double[] a = rows[k];
        double[] b = rows[k + 1];
        double[] c = rows[k + 2];
        double[] d = rows[k + 3];
        for (int i = 0; i < size; i++) {
            double wa = weights[k] * a[i];
            double wb = weights[k + 1] * b[i];
            double wc = weights[k + 2] * c[i];
            double wd = weights[k + 3] * d[i];
            double[] sums = gram[i];
            for (int j = 0; j <= i; j++) {
                sums[j] += wa * a[j] + wb * b[j] + wc * c[j] + wd * d[j];
            }
        }
    }

    private void addOne(double[] row, double weight) {
        for (int i = 0; i < size; i++) {
            double weighted = weight * row[i];
            double[] sums = gram[i];
            for (int j = 0; j <= i; j++) {
                sums[j] += weighted * row[j];
            }
        }
    }
}
