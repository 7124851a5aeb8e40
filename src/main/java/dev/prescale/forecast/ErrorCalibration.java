package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.util.Arrays;

/**
 * Quantiles of the errors of forecasts issued at past origins, in units of their {@link ErrorScale}: rolling, not static,
 * since static intervals cover too little on request rates.
 *
 * <p>At horizons of a logarithmic grid the quantile {@code Q_tau} of the scaled errors around that horizon, weighted by a
 * half-life of 5 days, linear in {@code ln h} between them. A tail {@code a = min(tau, 1 - tau)} is taken as
 * {@code a (0.85 + 0.3 a)} and then lessened by {@code (1 - 2 a) / (n + 1)} for {@code n} effective origins, the finite-sample
 * correction of split conformal prediction. Below 10 effective origins a guess at the
 * error joins them: shares of the mean rate between -70 % and +120 %. In the first days {@link ColdStart} widens them.
 */
final class ErrorCalibration {
    private static final double[] MEDIAN = {0.5};
    private static final double HALF_LIFE_DAYS = 5;
    private static final double TAIL_SHARE = 0.85;
    private static final double FEW_ORIGINS = 10;
    private static final double[] GUESSED_SHARES = {-0.7, -0.5, -0.3, -0.15, 0, 0.15, 0.35, 0.7, 1.2};
    private static final double GRID_RATIO = 1.4;
    private static final int MOST_POOLED_STEPS = 3;
    private static final double LEAST_SHARE_OF_ORIGINS = 0.2;
    /** Beyond the horizons of which errors are known the spread grows with the fourth root of the horizon, at most to this. */
    private static final double WIDEST_GROWTH = 2;

    private final LearningHistory history;
    private final int[] origins;
    private final double[] weights;
    private final ErrorScale scale;
    /** y - f over its scale, [origin][step]; NaN where not known. */
    private final double[][] errors;

    private final int[] grid;
    private final int knownGrid;
    private final double effectiveOrigins;

    /** @param forecasts rates (req/s) issued at the origins, of shape [origin][step] */
    ErrorCalibration(LearningHistory history, int[] origins, double[][] forecasts, int horizonSteps) {
        this.history = history;
        this.origins = origins;
        this.errors = relativeErrors(history, origins, forecasts);
        this.scale = new ErrorScale(history, origins, errors);
        for (int o = 0; o < origins.length; o++) {
            for (int h = 0; h < errors[o].length; h++) {
                errors[o][h] /= scale.ofSlotAndOrigin(origins[o], origins[o] + h);
            }
        }
        this.weights = new double[origins.length];
        Arrays.setAll(
                weights,
                o -> Math.pow(
                        0.5,
                        (history.size() - origins[o])
                                / (HALF_LIFE_DAYS * history.step().perDay())));
        this.grid = grid(horizonSteps);
        this.effectiveOrigins = effectiveOrigins(weights);
        this.knownGrid = knownGrid();
    }

    private static double[][] relativeErrors(LearningHistory history, int[] origins, double[][] forecasts) {
        double[][] errors = new double[origins.length][];
        for (int o = 0; o < origins.length; o++) {
            errors[o] = new double[forecasts[o].length];
            for (int h = 0; h < errors[o].length; h++) {
                double rate = forecasts[o][h];
                double error = history.rate(origins[o] + h) - rate;
                errors[o][h] = error / ErrorScale.ofRate(rate, history.offset());
            }
        }
        return errors;
    }

    /** Steps {@code h} (0 for the first) of the logarithmic grid up to the horizon. */
    private static int[] grid(int horizonSteps) {
        int[] grid = new int[horizonSteps];
        int count = 0;
        for (double next = 1; next < horizonSteps; next = Math.max(next + 1, next * GRID_RATIO)) {
            grid[count++] = (int) next - 1;
        }
        grid[count++] = horizonSteps - 1;
        return Arrays.copyOf(grid, count);
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
        while (known < grid.length && known(grid[known]) > LEAST_SHARE_OF_ORIGINS * origins.length) {
            known++;
        }
        return known;
    }

    private int known(int h) {
        int count = 0;
        for (double[] column : errors) {
            count += h < column.length && !Double.isNaN(column[h]) ? 1 : 0;
        }
        return count;
    }

    ErrorScale scale() {
        return scale;
    }

    int[] origins() {
        return origins;
    }

    /** Scaled errors of the forecast issued at the origin with this position; {@code NaN} where not known. */
    double[] errors(int position) {
        return errors[position];
    }

    double effectiveOrigins() {
        return effectiveOrigins;
    }

    /** Scaled error quantiles of shape [step][level] for ascending levels; they ascend with the level. */
    double[][] quantiles(double[] ascendingLevels, int horizonSteps) {
        double[] levels = Arrays.stream(ascendingLevels).map(this::widened).toArray();
        double[][] atGrid = new double[grid.length][];
        for (int g = 0; g < grid.length; g++) {
            WeightedSample sample = errorsAround(Math.min(g, Math.max(knownGrid - 1, 0)));
            atGrid[g] = sample.quantiles(levels);
            if (ColdStart.isIn(history)) {
                ColdStart.widen(history, atGrid[g], sample.quantiles(MEDIAN)[0]);
            }
            scaleBy(growth(g), atGrid[g]);
        }
        double[][] quantiles = new double[horizonSteps][levels.length];
        int g = 0;
        for (int h = 0; h < horizonSteps; h++) {
            while (g < grid.length - 2 && grid[g + 1] <= h) {
                g++;
            }
            int next = Math.min(g + 1, grid.length - 1);
            double share =
                    next == g ? 0 : Math.log((h + 1.0) / (grid[g] + 1)) / Math.log((grid[next] + 1.0) / (grid[g] + 1));
            for (int i = 0; i < levels.length; i++) {
                quantiles[h][i] = (1 - share) * atGrid[g][i] + share * atGrid[next][i];
            }
        }
        return quantiles;
    }

    /** The level moved outwards; the median stays. */
    private double widened(double level) {
        double tail = Math.min(level, 1 - level);
        double share = tail * (TAIL_SHARE + 2 * (1 - TAIL_SHARE) * tail);
        double outer = Math.max(0, share - (1 - 2 * share) / (effectiveOrigins + 1));
        return level < 0.5 ? outer : 1 - outer;
    }

    private double growth(int g) {
        if (g < knownGrid || knownGrid == 0) {
            return 1;
        }
        double ratio = (grid[g] + 1.0) / (grid[knownGrid - 1] + 1.0);
        return Math.min(Math.sqrt(Math.sqrt(ratio)), WIDEST_GROWTH);
    }

    private static void scaleBy(double factor, double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private WeightedSample errorsAround(int g) {
        int first = g == 0 ? grid[0] : Math.ceilDiv(grid[g - 1] + grid[g], 2);
        int last = g == grid.length - 1 ? grid[g] : Math.max(grid[g], (grid[g] + grid[g + 1] - 1) / 2);
        int stride = Math.max(1, Math.ceilDiv(last - first + 1, MOST_POOLED_STEPS));
        WeightedSample sample = new WeightedSample();
        for (int o = 0; o < origins.length; o++) {
            for (int h = first; h <= Math.min(last, errors[o].length - 1); h += stride) {
                if (!Double.isNaN(errors[o][h])) {
                    sample.add(errors[o][h], weights[o]);
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
        for (double share : GUESSED_SHARES) {
            sample.add(share * unit, missing / GUESSED_SHARES.length);
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
