package dev.prescale.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Causal seasonal states with direct multi-horizon ridge regression (CSR): per horizon {@code h} of the grid
 * {@code z[t + h] - b = x beta} with {@code b} the base of the {@link SeasonalStates} for the target and {@code x} what the
 * states say beside it, all as known at {@code t}:
 *
 * <pre>
 *   fast day state - b, yesterday's z - b, day state - b, week state - b, last week's z - b,
 *   E_10m, E_1h, E_6h, E_24h, newest z - b, last change of z
 * </pre>
 *
 * <p>{@code A = sum w x x'} and {@code g = sum w x y} with {@code w = exp(-age / 14 d)} are kept per horizon; a row joins each
 * horizon up to an hour with every step, longer ones with every third step of the grid since the epoch. Solutions differ in
 * what they are drawn to ({@code beta0}, see {@link Prior}) and how much:
 *
 * <pre>
 *   beta = beta0 + s (A + lambda max(1, h / 1 h) diag A)^-1 (g - A beta0),   s = n / (n + h / 2) for n rows
 * </pre>
 */
final class SeasonalRegression {
    static final int FEATURES = 11;
    static final int FIRST_MEMORY = 5;

    private static final int DAY_STATE = 2;
    private static final int WEEK_STATE = 3;
    private static final int NEWEST = 9;
    private static final int LAST_CHANGE = 10;
    private static final int GRAM = FEATURES * (FEATURES + 1) / 2;
    private static final double MEMORY_DAYS = 14;
    private static final int THINNING = 3;
    private static final int SECONDS_PER_HOUR = 3600;
    /** Weights grow instead of fading; from here on all are made smaller by this power of two, which is exact. */
    private static final double LARGEST_WEIGHT = 0x1p40;

    /** Keeps a matrix of few rows positive definite. */
    private static final double LEAST_RIDGE = 1e-9;

    /** What coefficients are drawn to: nothing beside the base, one of its parts, or the newest value. */
    enum Prior {
        BASE(LearningHistory.NONE),
        WEEK(WEEK_STATE),
        NEWEST_VALUE(NEWEST);

        private final int feature;

        Prior(int feature) {
            this.feature = feature;
        }
    }

    private final LearningHistory history;
    private final SeasonalStates states;
    private final HorizonGrid grid;
    /** Per horizon the lower triangle of {@code A} and {@code g} after it. */
    private final double[][] sums;

    private final int[] rows;
    private final double growth;
    private final int wholeUpTo;
    private final int phase;
    private double weight = 1;

    private final double[] row = new double[FEATURES];
    private final double[][] lower = new double[FEATURES][];

    SeasonalRegression(LearningHistory history, SeasonalStates states, HorizonGrid grid) {
        this.history = history;
        this.states = states;
        this.grid = grid;
        this.sums = new double[grid.size()][GRAM + FEATURES];
        this.rows = new int[grid.size()];
        this.growth = Math.exp(1 / (MEMORY_DAYS * history.step().perDay()));
        this.wholeUpTo = Math.max(1, SECONDS_PER_HOUR / history.step().seconds());
        this.phase = Math.floorMod(
                history.slots().instantAt(0).getEpochSecond() / history.step().seconds(), THINNING);
        Arrays.setAll(lower, i -> new double[i + 1]);
    }

    /** Takes in the newest step of the history, which the states know already. */
    void learnNewest() {
        int t = history.size() - 1;
        weight *= growth;
        if (weight > LARGEST_WEIGHT) {
            weight /= LARGEST_WEIGHT;
            for (double[] sum : sums) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] /= LARGEST_WEIGHT;
                }
            }
        }
        double z = states.clipped(t);
        if (Double.isNaN(z)) {
            return;
        }
        boolean whole = (t + phase) % THINNING == 0;
        for (int g = 0; g < grid.size(); g++) {
            int h = grid.horizon(g);
            if (h > t + 1 || (h > wholeUpTo && !whole)) {
                return;
            }
            double base = fill(t - h + 1, t, row);
            if (!Double.isNaN(base)) {
                add(sums[g], row, z - base);
                rows[g]++;
            }
        }
    }

    private void add(double[] sum, double[] x, double y) {
        int k = 0;
        for (int i = 0; i < FEATURES; i++) {
            double weighted = weight * x[i];
            for (int j = 0; j <= i; j++) {
                sum[k++] += weighted * x[j];
            }
        }
        double weighted = weight * y;
        for (int i = 0; i < FEATURES; i++) {
            sum[k++] += weighted * x[i];
        }
    }

    /** Fills the features of a target as known at an origin; returns its base, {@code NaN} where there is none. */
    double fill(int origin, int target, double[] x) {
        double base = states.fill(origin, target, x);
        for (int i = 0; i < SeasonalStates.MEMORIES; i++) {
            x[FIRST_MEMORY + i] = states.memory(i, origin);
        }
        double newest = states.clipped(origin - 1);
        x[NEWEST] = zeroIfUnknown(newest - base);
        x[LAST_CHANGE] = zeroIfUnknown(newest - states.clipped(origin - 2));
        return base;
    }

    void writeTo(DataOutput out) throws IOException {
        for (double[] sum : sums) {
            DoubleArrays.write(sum, sum.length, out);
        }
        DoubleArrays.write(rows, out);
        out.writeDouble(weight);
    }

    void read(DataInput in) throws IOException {
        for (double[] sum : sums) {
            DoubleArrays.read(sum, in);
        }
        DoubleArrays.read(rows, in);
        weight = in.readDouble();
    }

    private static double zeroIfUnknown(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /**
     * Coefficients of shape [horizon of the grid][feature].
     *
     * @param lambda the ridge, relative to the diagonal
     */
    void solve(Prior prior, double lambda, double[][] beta) {
        for (int g = 0; g < beta.length; g++) {
            double[] right = beta[g];
            load(sums[g], prior.feature, right);
            double hours = (double) grid.horizon(g) * history.step().seconds() / SECONDS_PER_HOUR;
            double ridge = lambda * Math.max(1, hours);
            double trace = 0;
            for (int i = 0; i < FEATURES; i++) {
                trace += lower[i][i];
            }
            for (int i = 0; i < FEATURES; i++) {
                lower[i][i] += ridge * lower[i][i] + LEAST_RIDGE * (trace + 1);
            }
            Cholesky.solveInPlace(lower, right);
            double shrinkage = shrinkage(g);
            for (int i = 0; i < FEATURES; i++) {
                right[i] = shrinkage * right[i] + (i == prior.feature ? 1 : 0);
            }
        }
    }

    private void load(double[] sum, int drawnTo, double[] right) {
        System.arraycopy(sum, GRAM, right, 0, FEATURES);
        int k = 0;
        for (int i = 0; i < FEATURES; i++) {
            System.arraycopy(sum, k, lower[i], 0, i + 1);
            k += i + 1;
        }
        if (drawnTo >= 0) {
            for (int i = 0; i < FEATURES; i++) {
                right[i] -= lower[Math.max(i, drawnTo)][Math.min(i, drawnTo)];
            }
        }
    }

    private double shrinkage(int g) {
        double apart = grid.horizon(g) > wholeUpTo ? THINNING : 1;
        return rows[g] / (rows[g] + grid.horizon(g) / (2 * apart));
    }
}
