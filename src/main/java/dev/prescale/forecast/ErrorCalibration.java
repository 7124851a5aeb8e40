package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.util.Arrays;
import java.util.List;

/**
 * Quantiles of the errors of issued forecasts, in units of their {@link ErrorScale}: rolling, not static,
 * since static intervals cover too little on request rates.
 *
 * <p>At horizons of the grid the quantile {@code Q_tau} of the scaled errors around that horizon, weighted by a
 * half-life of 5 days, linear in {@code ln h} between them. A tail {@code a = min(tau, 1 - tau)} is taken as
 * {@code a (0.85 + 0.3 a)} and then lessened by {@code (1 - 2 a) / (n + 1)} for {@code n} effective origins, the finite-sample
 * correction of split conformal prediction. Below 10 effective origins a guess at the
 * error joins them: shares of the mean rate between -70 % and +120 %. In the first days {@link ColdStart} widens them.
 */
final class ErrorCalibration {
    private static final double[] MEDIAN = {0.5};
    private static final double HALF_LIFE_DAYS = Double.parseDouble(System.getProperty("hl","7"));
    private static final double TAIL_SHARE = Double.parseDouble(System.getProperty("tail","0.8"));
    private static final double OFL = Double.parseDouble(System.getProperty("ofl","1"));
    private static final double FS = Double.parseDouble(System.getProperty("fs","1"));
    private static final double MSH = Double.parseDouble(System.getProperty("msh","0.5"));
    private static final double FEW_ORIGINS = 10;
    private static final double[] GUESSED_SHARES = {-0.7, -0.5, -0.3, -0.15, 0, 0.15, 0.35, 0.7, 1.2};
    private static final double LEAST_SHARE_OF_ORIGINS = 0.2;
    private static final double POOL = Double.parseDouble(System.getProperty("pool","0.5"));
    /** Beyond the horizons of which errors are known the spread grows with the fourth root of the horizon, at most to this. */
    private static final double WIDEST_GROWTH = 2;

    private final LearningHistory history;
    private final HorizonGrid grid;
    private final double[] weights;
    private final ErrorScale scale;
    /** y - f over its scale, [origin][horizon of the grid]; NaN where not known. */
    private final double[][] errors;

    private final int knownGrid;
    private final double effectiveOrigins;

    ErrorCalibration(LearningHistory history, HorizonGrid grid, List<Issue> issues) {
        this.history = history;
        this.grid = grid;
        int n = issues.size();
        int[] origins = new int[n];
        this.errors = new double[n][];
        this.weights = new double[n];
        for (int o = 0; o < n; o++) {
            Issue issue = issues.get(o);
            origins[o] = issue.origin();
            errors[o] = issue.errors().clone();
            for (int g = 0; g < grid.size(); g++) {
                errors[o][g] /= ErrorScale.ofRate(issue.combined(g), history.offset());
            }
            weights[o] = issue.weight() * Math.pow(0.5,
                        (history.size() - origins[o])
                                / (HALF_LIFE_DAYS * history.step().perDay()));
        }
        this.scale = new ErrorScale(history, grid, origins, errors);
        for (int o = 0; o < n; o++) {
            for (int g = 0; g < grid.size(); g++) {
                errors[o][g] /= scale.ofSlotAndOrigin(origins[o], origins[o] + grid.horizon(g) - 1);
            }
        }
        this.effectiveOrigins = effectiveOrigins(weights);
        this.knownGrid = knownGrid();
    }

    private static double effectiveOrigins(double[] weights) {
        double sum = 0;
        double squares = 0;
        for (double weight : weights) {
            sum += weight;
            squares += weight * weight;
        }
        return sum > 0 ? sum * sum / squares : 0;
    }

    /** Grid horizons of which enough origins know the outcome. */
    private int knownGrid() {
        int known = 0;
        while (known < grid.size() && known(known) > LEAST_SHARE_OF_ORIGINS * errors.length) {
            known++;
        }
        return known;
    }

    private int known(int g) {
        int count = 0;
        for (double[] column : errors) {
            count += Double.isNaN(column[g]) ? 0 : 1;
        }
        return count;
    }

    ErrorScale scale() {
        return scale;
    }

    /** Scaled errors per issue and horizon of the grid; {@code NaN} where not known. */
    double[][] errors() {
        return errors;
    }

    double effectiveOrigins() {
        return effectiveOrigins;
    }

    /** Scaled error quantiles of shape [step][level] for ascending levels; they ascend with the level. */
    double[][] quantiles(double[] ascendingLevels, int horizonSteps) {
        double[] levels = Arrays.stream(ascendingLevels).map(this::widened).toArray();
        double[][] atGrid = new double[grid.size()][];
        for (int g = 0; g < grid.size(); g++) {
            WeightedSample sample = errorsAround(Math.min(g, Math.max(knownGrid - 1, 0)));
            atGrid[g] = sample.quantiles(levels);
            double sh = (1 - MSH) * sample.quantiles(MEDIAN)[0];
            for (int i = 0; i < levels.length; i++) atGrid[g][i] -= sh;
            if (ColdStart.isIn(history)) {
                ColdStart.widen(history, atGrid[g], sample.quantiles(MEDIAN)[0]);
            }
            scaleBy(growth(g), atGrid[g]);
        }
        double[][] quantiles = new double[horizonSteps][levels.length];
        for (int h = 0; h < horizonSteps; h++) {
            double place = grid.place(h + 1);
            int low = (int) place;
            int high = Math.min(low + 1, grid.size() - 1);
            double share = place - low;
            for (int i = 0; i < levels.length; i++) {
                quantiles[h][i] = (1 - share) * atGrid[low][i] + share * atGrid[high][i];
            }
        }
        return quantiles;
    }

    /** The level moved outwards; the median stays. */
    private double widened(double level) {
        double tail = Math.min(level, 1 - level);
        double share = tail * (TAIL_SHARE + 2 * (1 - TAIL_SHARE) * tail);
        double outer = Math.max(OFL * share, share - FS * (1 - 2 * share) / (effectiveOrigins + 1));
        return level < 0.5 ? outer : 1 - outer;
    }

    private double growth(int g) {
        if (g < knownGrid || knownGrid == 0) {
            return 1;
        }
        double ratio = (double) grid.horizon(g) / grid.horizon(knownGrid - 1);
        return Math.min(Math.sqrt(Math.sqrt(ratio)), WIDEST_GROWTH);
    }

    private static void scaleBy(double factor, double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private WeightedSample errorsAround(int g) {
        WeightedSample sample = new WeightedSample();
        for (int n = Math.max(0, g - 1); n <= Math.min(g + 1, grid.size() - 1); n++) {
            double w = n == g ? 1 : POOL * Math.min(grid.horizon(g), grid.horizon(n)) / Math.max(grid.horizon(g), grid.horizon(n));
            if (w <= 0) continue;
            for (int o = 0; o < errors.length; o++) {
                if (!Double.isNaN(errors[o][n])) {
                    sample.add(errors[o][n], w * weights[o]);
                }
            }
        }
        addGuess(sample);
        return sample;
    }

    private void addGuess(WeightedSample sample) {
        if (effectiveOrigins >= FEW_ORIGINS && sample.size() > 0) {
            return;
        }
        double missing = Math.max(FEW_ORIGINS - effectiveOrigins, 1);
        double mean = meanRate();
        double unit = mean / scale.at(history.size(), history.size(), mean);
        double each = weights.length > 0 ? Arrays.stream(weights).sum() / effectiveOrigins : 1;
        for (double share : GUESSED_SHARES) {
            sample.add(share * unit, each * missing / GUESSED_SHARES.length);
        }
    }

    private double meanRate() {
        double sum = 0;
        int known = 0;
        for (int t = Math.max(
                        0,
                        history.size() - Step.SECONDS_PER_DAY / history.step().seconds());
                t < history.size();
                t++) {
            if (!Double.isNaN(history.rate(t))) {
                sum += history.rate(t);
                known++;
            }
        }
        return known > 0 ? sum / known : history.rate(history.lastKnown(history.size()));
    }
}
