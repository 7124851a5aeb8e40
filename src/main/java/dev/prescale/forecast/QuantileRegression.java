package dev.prescale.forecast;

import java.util.Arrays;

/**
 * Linear quantile regression: the {@code beta} with the least {@code sum rho_tau(y - x beta)},
 * {@code rho_tau(r) = r (tau - [r < 0])} (Koenker and Bassett 1978), by iteratively reweighted least squares: each iteration
 * solves {@code (X'WX + lambda sum(w) I) beta = X'Wy} with {@code w = |tau - [r < 0]| / max(|r|, epsilon)},
 * {@code lambda = 1e-4}, {@code epsilon} 0.01 until the sum falls by less than 0.1 %, then 0.001 until it falls by less than
 * 0.03 % or no coefficient moves by more than 0.0001.
 */
final class QuantileRegression {
    private static final double RIDGE = 1e-4;
    private static final double START_RIDGE = 1e-3;
    private static final double COARSE_RESIDUAL = 1e-2;
    private static final double FINE_RESIDUAL = 1e-3;
    private static final double COARSE_GAIN = 1e-3;
    private static final double FINE_GAIN = 3e-4;
    private static final int MOST_ITERATIONS = 40;
    private static final double CONVERGED = 1e-4;

    private QuantileRegression() {}

    /** Least squares with a ridge, from which the iterations start. */
    static double[] start(double[][] rows, double[] targets, int from, int to) {
        double[] weights = new double[to];
        Arrays.fill(weights, 1);
        return new NormalEquations(PeakFeatures.COUNT)
                .solve(rows, targets, weights, from, to, START_RIDGE * (to - from));
    }

    /**
     * Coefficients for the rows {@code [from, to)}.
     *
     * @param start coefficients to start from
     */
    static double[] fit(double[][] rows, double[] targets, int from, int to, double tau, double[] start) {
        NormalEquations equations = new NormalEquations(PeakFeatures.COUNT);
        double[] weights = new double[to];
        double[] beta = start;
        double least = COARSE_RESIDUAL;
        double loss = Double.POSITIVE_INFINITY;
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            double weightSum = 0;
            double newLoss = 0;
            for (int k = from; k < to; k++) {
                double residual = targets[k] - dot(rows[k], beta);
                double slope = residual > 0 ? tau : 1 - tau;
                double size = Math.abs(residual);
                weights[k] = slope / Math.max(size, least);
                weightSum += weights[k];
                newLoss += slope * size;
            }
            double gain = loss - newLoss;
            loss = newLoss;
            if (least == FINE_RESIDUAL && gain < FINE_GAIN * loss) {
                break;
            }
            if (gain < COARSE_GAIN * loss) {
                least = FINE_RESIDUAL;
            }
            double[] next = equations.solve(rows, targets, weights, from, to, RIDGE * weightSum);
            double moved = 0;
            for (int i = 0; i < beta.length; i++) {
                moved = Math.max(moved, Math.abs(next[i] - beta[i]));
            }
            beta = next;
            if (least == FINE_RESIDUAL && moved < CONVERGED) {
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
}
