package dev.prescale.forecast;

/** Solves {@code A x = b} for a symmetric positive definite {@code A} by {@code A = L L'}. */
final class Cholesky {
    private Cholesky() {}

    /** @param lower the lower triangle of {@code A}, overwritten by {@code L} */
    static double[] solve(double[][] lower, double[] right) {
        double[] x = right.clone();
        solveInPlace(lower, x);
        return x;
    }

    /**
     * @param lower the lower triangle of {@code A}, overwritten by {@code L}
     * @param x {@code b}, overwritten by the solution
     */
    static void solveInPlace(double[][] lower, double[] x) {
        int p = x.length;
        for (int i = 0; i < p; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = lower[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
            }
        }
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= lower[i][k] * x[k];
            }
            x[i] /= lower[i][i];
        }
        for (int i = p - 1; i >= 0; i--) {
            for (int k = i + 1; k < p; k++) {
                x[i] -= lower[k][i] * x[k];
            }
            x[i] /= lower[i][i];
        }
    }
}
