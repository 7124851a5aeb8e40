package dev.prescale.forecast;

import java.util.Arrays;

/**
 * Linear quantile regression: the {@code beta} with the least {@code sum rho_tau(y - x beta)},
 * {@code rho_tau(r) = r (tau - [r < 0])} (Koenker and Bassett 1978), by iteratively reweighted least squares: each iteration
 * solves {@code (X'WX + lambda sum(w) I) beta = X'Wy} with {@code w = |tau - [r < 0]| / max(|r|, epsilon)},
 * {@code lambda = 1e-4}, {@code epsilon} 0.01 and later 0.001, until no coefficient moves by more than 0.0001.
 */
final class QuantileRegression {
    private static final double RIDGE = 1e-4;
    private static final double START_RIDGE = 1e-3;
    private static final double COARSE_RESIDUAL = 1e-2;
    private static final double FINE_RESIDUAL = 1e-3;
    private static final int COARSE_ITERATIONS = 15;
    private static final int MOST_ITERATIONS = 40;
    private static final double CONVERGED = 1e-4;

    private QuantileRegression() {}

    /** Least squares with a ridge, from which the iterations start. */
    static double[] start(double[][] rows, double[] targets, int from, int to) {
        double[] weights = new double[to];
        Arrays.fill(weights, 1);
        return solve(rows, targets, weights, from, to, START_RIDGE * (to - from));
    }

    /**
     * Coefficients for the rows {@code [from, to)}.
     *
     * @param start coefficients to start from
     */
    static double[] fit(double[][] rows, double[] targets, int from, int to, double tau, double[] start) {
        double[] beta = start;
        double[] weights = new double[to];
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            double least = iteration < COARSE_ITERATIONS ? COARSE_RESIDUAL : FINE_RESIDUAL;
            double sum = 0;
            for (int k = from; k < to; k++) {
                double residual = targets[k] - dot(rows[k], beta);
                weights[k] = (residual > 0 ? tau : 1 - tau) / Math.max(Math.abs(residual), least);
                sum += weights[k];
            }
            double[] next = solve(rows, targets, weights, from, to, RIDGE * sum);
            double moved = 0;
            for (int i = 0; i < beta.length; i++) {
                moved = Math.max(moved, Math.abs(next[i] - beta[i]));
            }
            beta = next;
            if (moved < CONVERGED) {
                break;
            }
        }
        return beta;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] solve(double[][] rows, double[] targets, double[] weights, int from, int to, double ridge) {
        int p = PeakFeatures.COUNT;
        double[][] gram = new double[p][p];
        double[] right = new double[p];
        for (int k = from; k < to; k++) {
            double[] x = rows[k];
            double weighted = weights[k] * targets[k];
            for (int i = 0; i < p; i++) {
                right[i] += weighted * x[i];
                double wx = weights[k] * x[i];
                double[] row = gram[i];
                for (int j = 0; j <= i; j++) {
                    row[j] += wx * x[j];
                }
            }
        }
        for (int i = 0; i < p; i++) {
            gram[i][i] += ridge;
        }
        return Cholesky.solve(gram, right);
    }
}
