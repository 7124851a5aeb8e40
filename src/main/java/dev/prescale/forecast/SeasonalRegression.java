package dev.prescale.forecast;

import java.util.Arrays;

/**
 * Causal seasonal states with direct multi-horizon ridge regression (CSR): per horizon {@code h} of the grid
 * {@code z[t + h] - b = x beta} with {@code b} the {@linkplain SeasonalStates base} of the target and {@code x} what the states
 * say beside it, all as known at {@code t}:
 *
 * <pre>
 *   fast day state - b, yesterday's z - b, day state - b, week state - b, last week's z - b,
 *   E_10m, E_1h, E_6h, E_24h, newest z - b, last change of z
 * </pre>
 *
 * <p>{@code A = sum w x x'} and {@code g = sum w x y} are kept per horizon, {@code w = exp(age / -T)}; one row joins each horizon
 * with every step (every third beyond an hour). Solutions differ in what they are drawn to ({@code beta0}, see {@link Prior}) and how much ({@code lambda}):
 * {@code beta = beta0 + s (A + lambda diag A)^-1 (g - A beta0)}, {@code s = n / (n + h / 2)} for {@code n} rows.
 */
final class SeasonalRegression {
    static final int FEATURES = 11;
    private static final int WEEK_STATE = 3;
    private static final int DAY_STATE = 2;
    private static final int NEWEST = 9;
    private static final int THINNING = Integer.getInteger("thin",3);
    private static final double LPOW = Double.parseDouble(System.getProperty("lpow","1"));
    private static final boolean NEEDW = Boolean.getBoolean("needw");
    private static final double PROXY = Double.parseDouble(System.getProperty("proxy","0"));

    /** What coefficients are drawn to: nothing but the base, one of its parts, or the newest value. */
    enum Prior {
        BASE(-1),
        WEEK(WEEK_STATE),
        DAY(DAY_STATE),
        NEWEST_VALUE(NEWEST);

        private final int feature;

        Prior(int feature) {
            this.feature = feature;
        }
    }

    private final LearningHistory history;
    private final SeasonalStates states;
    private final HorizonGrid grid;
    /** Lower triangles of {@code A} and {@code g} after them, per horizon. */
    private final double[][] sums;

    private final int[] rows;
    private final double[] row = new double[FEATURES];
    private double weight = 1;
    private final double growth;
    private final int thinFrom;
    private final double[] scale;

    SeasonalRegression(LearningHistory history, SeasonalStates states, HorizonGrid grid, double memoryDays) {
        this.history = history;
        this.states = states;
        this.grid = grid;
        this.sums = new double[grid.size()][FEATURES * (FEATURES + 1) / 2 + FEATURES];
        this.rows = new int[grid.size()];
        this.growth = Math.exp(1 / (memoryDays * history.step().perDay()));
        this.thinFrom = Math.max(1, 3600 / history.step().seconds());
        this.scale = new double[grid.size()];
    }

    /** Takes in the newest step of the history, which the states know already. */
    void learnNewest() {
        int t = history.size() - 1;
        weight *= growth;
        double z = states.clipped(t);
        if (Double.isNaN(z)) {
            return;
        }
        for (int g = 0; g < grid.size(); g++) {
            int h = grid.horizon(g);
            int origin = t - h + 1;
            if (origin <= 0) {
                return;
            }
            if (h > thinFrom && t % THINNING != 0) {
                continue;
            }
            double base = fill(origin, t, row);
            if (!Double.isNaN(base) && !(NEEDW && row[3] == 0)) {
                add(g, row, z - base);
            }
        }
    }

    private void add(int g, double[] x, double y) {
        double w = weight;
        if (PROXY > 0) {
            double r = Math.abs(y - x[6] * Math.exp(-(grid.horizon(g)) * history.step().seconds() / 3600.0 / 6));
            scale[g] += Math.max(1.0 / (rows[g] + 1), 1.0 / (7 * history.step().perDay())) * (r - scale[g]);
            w = weight / Math.max(r, PROXY * scale[g] + 1e-9) ;
        }
        double[] a = sums[g];
        int k = 0;
        for (int i = 0; i < FEATURES; i++) {
            double wx = w * x[i];
            for (int j = 0; j <= i; j++) {
                a[k++] += wx * x[j];
            }
        }
        double wy = w * y;
        for (int i = 0; i < FEATURES; i++) {
            a[k++] += wy * x[i];
        }
        rows[g]++;
    }

    /** Fills the features for a target as known at an origin and returns the base, {@code NaN} where there is none. */
    double fill(int origin, int target, double[] x) {
        int dayIndex = states.latestDay(origin, target);
        int weekIndex = states.latestWeek(origin, target);
        double ofDay = states.dayState(dayIndex);
        double ofWeek = states.weekState(weekIndex);
        double base = states.mix(ofDay, ofWeek, states.weekShare(origin));
        x[0] = zeroIfUnknown(states.fastDayState(dayIndex) - base);
        x[1] = zeroIfUnknown(states.smoothed(dayIndex) - base);
        x[2] = zeroIfUnknown(ofDay - base);
        x[3] = zeroIfUnknown(ofWeek - base);
        x[4] = zeroIfUnknown(states.smoothed(weekIndex) - base);
        for (int i = 0; i < 4; i++) {
            x[5 + i] = states.memory(i, origin);
        }
        double newest = states.clipped(origin - 1);
        x[9] = zeroIfUnknown(newest - base);
        x[10] = origin > 1 ? zeroIfUnknown(newest - states.clipped(origin - 2)) : 0;
        return base;
    }

    private static double zeroIfUnknown(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /** Coefficients per horizon of the grid. */
    double[][] solve(Prior prior, double lambda) {
        double[][] beta = new double[grid.size()][];
        double[][] lower = new double[FEATURES][];
        Arrays.setAll(lower, i -> new double[i + 1]);
        for (int g = 0; g < grid.size(); g++) {
            double[] a = sums[g];
            double[] right = new double[FEATURES];
            System.arraycopy(a, a.length - FEATURES, right, 0, FEATURES);
            double trace = 0;
            for (int i = 0, k = 0; i < FEATURES; i++) {
                System.arraycopy(a, k, lower[i], 0, i + 1);
                k += i + 1;
                trace += lower[i][i];
            }
            if (prior.feature >= 0) {
                for (int i = 0; i < FEATURES; i++) {
                    int p = Math.max(i, prior.feature);
                    int q = Math.min(i, prior.feature);
                    right[i] -= lower[p][q];
                }
            }
            for (int i = 0; i < FEATURES; i++) {
                lower[i][i] += lambda * Math.pow(Math.max(1, grid.horizon(g) * history.step().seconds() / 3600.0), LPOW) * lower[i][i] + 1e-9 * trace + 1e-12;
            }
            beta[g] = Cholesky.solve(lower, right);
            double h = grid.horizon(g);
            double shrink = rows[g] / (rows[g] + h / (h > thinFrom ? 2.0 * THINNING : 2));
            for (int i = 0; i < FEATURES; i++) {
                beta[g][i] = shrink * beta[g][i] + (i == prior.feature ? 1 : 0);
            }
        }
        return beta;
    }
}
