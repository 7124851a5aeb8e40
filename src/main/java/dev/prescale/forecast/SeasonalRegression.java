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
 * <p>{@code A = sum w x x'} and {@code g = sum w x y} with {@code w = exp(-age / 14 d)} are kept per horizon; neighbouring
 * rows tell the same the more the longer the horizon is, so that the rows of a horizon beyond one step are 20 minutes apart up
 * to an hour, 40 up to six hours, two hours beyond, counted since the epoch. Solutions differ in
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
    private static final int TARGET = FEATURES;
    private static final int WIDTH = FEATURES + 1;
    private static final double MEMORY_DAYS = 14;
    private static final int APART_WITHIN_HOUR_SECONDS = 1200;
    private static final int APART_WITHIN_SIX_HOURS_SECONDS = 2400;
    private static final int APART_BEYOND_SECONDS = 7200;
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
    /** Per horizon the rows of {@code A}, each with its element of {@code g} after it. */
    private final double[][] sums;

    private final int[] rows;
    private final double growth;
    /** Steps between the rows of each horizon. */
    private final int[] apart;

    private final int[] phases;
    private double weight = 1;

    private final double[] row = new double[WIDTH];
    private final double[][] lower = new double[FEATURES][];

    SeasonalRegression(LearningHistory history, SeasonalStates states, HorizonGrid grid) {
        this.history = history;
        this.states = states;
        this.grid = grid;
        this.sums = new double[grid.size()][FEATURES * WIDTH];
        this.rows = new int[grid.size()];
        this.growth = Math.exp(1 / (MEMORY_DAYS * history.step().perDay()));
        this.apart = new int[grid.size()];
        Arrays.setAll(apart, g -> apart(grid.horizon(g), history.step().seconds()));
        long first = Math.floorDiv(history.slots().instantAt(0).getEpochSecond(), (long)
                history.step().seconds());
        this.phases = new int[grid.size()];
        Arrays.setAll(phases, g -> Math.floorMod(first, apart[g]));
        Arrays.setAll(lower, i -> new double[i + 1]);
    }

    private static int apart(int horizon, int stepSeconds) {
        if (horizon == 1) {
            return 1;
        }
        int seconds = horizon * stepSeconds;
        int apart = seconds <= SECONDS_PER_HOUR
                ? APART_WITHIN_HOUR_SECONDS
                : seconds <= 6 * SECONDS_PER_HOUR ? APART_WITHIN_SIX_HOURS_SECONDS : APART_BEYOND_SECONDS;
        return Math.max(1, apart / stepSeconds);
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
        for (int g = 0; g < grid.size(); g++) {
            int h = grid.horizon(g);
            if (h > t + 1) {
                return;
            }
            if ((t + phases[g]) % apart[g] != 0) {
                continue;
            }
            double base = fill(t - h + 1, t, row);
            if (!Double.isNaN(base)) {
                row[TARGET] = z - base;
                add(sums[g], row);
                rows[g]++;
            }
        }
    }

    /** The whole square, not its triangle: loops of a fixed length are unrolled. @param x features and the target after them */
    private void add(double[] sum, double[] x) {
        for (int i = 0; i < FEATURES; i++) {
            double weighted = weight * x[i];
            int from = i * WIDTH;
            for (int j = 0; j < WIDTH; j++) {
                sum[from + j] += weighted * x[j];
            }
        }
    }

    /** Fills the features of a target as known at an origin; returns its base, {@code NaN} where there is none. */
    double fill(int origin, int target, double[] x) {
        double base = states.fill(origin, target, x);
        for (int i = 0; i < SeasonalStates.MEMORIES; i++) {
            x[FIRST_MEMORY + i] = states.memory(i, origin);
        }
        double newest = states.clipped(origin - 1);
        x[NEWEST] = SeasonalStates.zeroIfUnknown(newest - base);
        x[LAST_CHANGE] = SeasonalStates.zeroIfUnknown(newest - states.clipped(origin - 2));
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
        for (int i = 0; i < FEATURES; i++) {
            System.arraycopy(sum, i * WIDTH, lower[i], 0, i + 1);
            right[i] = sum[i * WIDTH + TARGET];
        }
        if (drawnTo >= 0) {
            for (int i = 0; i < FEATURES; i++) {
                right[i] -= lower[Math.max(i, drawnTo)][Math.min(i, drawnTo)];
            }
        }
    }

    private double shrinkage(int g) {
        return rows[g] / (rows[g] + grid.horizon(g) / (2.0 * apart[g]));
    }
}
