package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.util.Arrays;
import java.util.List;

/**
 * Quantiles of the errors of issued forecasts, in units of their {@link ErrorScale}: rolling, not static, since static intervals
 * cover too little on request rates.
 *
 * <p>At each horizon of the grid the quantile {@code Q_tau} of the scaled errors there and, with half the weight and less, at
 * the neighbouring horizons, weighted by a half-life of 7 days (a tenth wider and with a half-life of 4 days for a day after
 * a level shift); linear in {@code ln h} between them. The spread is corrected by {@code a = (mean |u| of the last
 * day / mean |u|)^.4} within [0.8, 1.4], bounded so that a bad day cannot explode the cost. The median is believed by half: {@code Q_tau - Q_.5 / 2}. A tail
 * {@code a = min(tau, 1 - tau)} is taken as {@code a (0.85 + 0.3 a)} and lessened by {@code (1 - 2 a) / (n + 1)} for fewer than
 * {@code n = 20} effective origins, the finite-sample correction of split conformal prediction (Vovk, Gammerman, Shafer 2005),
 * by half of it at most. Below 10 effective origins a guess at the error joins them: shares of the mean rate between -70 % and
 * +120 %. In the first days {@link ColdStart} widens them.
 */
final class ErrorCalibration {
    private static final double[] MEDIAN = {0.5};
    private static final double HALF_LIFE_DAYS = 7;
    private static final double HALF_LIFE_DAYS_SHIFTED = 4;
    private static final double WIDER_SHIFTED = 1.1;
    private static final double ADAPTATION = 0.4;
    private static final double LEAST_ADAPTATION = 0.8;
    private static final double LARGEST_ADAPTATION = 1.4;
    private static final double MEDIAN_SHARE = 0.5;
    private static final double TAIL_SHARE = 0.85;
    private static final double LARGEST_FINITE_SAMPLE_SHARE = 0.5;
    private static final double FEW_FOR_A_LEVEL = 20;
    private static final double FEW_ORIGINS = 10;
    private static final double[] GUESSED_SHARES = {-0.7, -0.5, -0.3, -0.15, 0, 0.15, 0.35, 0.7, 1.2};
    private static final double LEAST_SHARE_OF_ORIGINS = 0.2;
    private static final double NEIGHBOUR_WEIGHT = 0.5;
    /** Beyond the horizons of which errors are known the spread grows with the fourth root of the horizon, at most to this. */
    private static final double WIDEST_GROWTH = 2;

    private final HorizonGrid grid;
    private final double[] weights;
    private final ErrorScale scale;
    /** y - f over its scale, [issue][horizon of the grid]; NaN where not known. */
    private final double[][] errors;

    private final int knownGrid;
    private final double effectiveOrigins;
    private final double width;
    /** What follows is of the history as it was: quantiles may be asked for when it has grown, and on another thread. */
    private final double spread;

    private final double medianShare;
    /** What is guessed in shares of the mean rate, over its scale. */
    private final double guessUnit;

    /**
     * @param shifted whether the level moved for good within the last day
     */
    ErrorCalibration(LearningHistory history, HorizonGrid grid, List<Issue> issues, boolean shifted) {
        this.grid = grid;
        int[] origins = new int[issues.size()];
        this.errors = new double[origins.length][grid.size()];
        this.weights = new double[origins.length];
        double halfLife = (shifted ? HALF_LIFE_DAYS_SHIFTED : HALF_LIFE_DAYS)
                * history.step().perDay();
        for (int o = 0; o < origins.length; o++) {
            Issue issue = issues.get(o);
            origins[o] = issue.origin();
            weights[o] = issue.days() * Math.pow(0.5, (history.size() - origins[o]) / halfLife);
            for (int g = 0; g < grid.size(); g++) {
                errors[o][g] = issue.error(g) / ErrorScale.ofRate(issue.combined(g), history.offset());
            }
        }
        this.scale = new ErrorScale(history, grid, origins, errors);
        for (int o = 0; o < origins.length; o++) {
            double ofOrigin = scale.ofOrigin(origins[o]);
            for (int g = 0; g < grid.size(); g++) {
                errors[o][g] /= scale.ofSlot(origins[o] + grid.horizon(g) - 1) * ofOrigin;
            }
        }
        this.width = (shifted ? WIDER_SHIFTED : 1) * adaptation(history, origins);
        this.effectiveOrigins = effectiveOrigins(weights);
        this.knownGrid = knownGrid();
        this.spread = ColdStart.spread(history);
        this.medianShare = ColdStart.medianShare(history, MEDIAN_SHARE);
        double mean = meanRate(history);
        this.guessUnit = mean / scale.at(history.size(), mean);
    }

    /** {@code a}: what was known in the last day beside all that is, to the power of 0.4, within [0.8, 1.4]. */
    private double adaptation(LearningHistory history, int[] origins) {
        int since = history.size() - history.step().perDay();
        double[] all = new double[2];
        double[] recent = new double[2];
        for (int o = 0; o < origins.length; o++) {
            for (int g = 0; g < grid.size(); g++) {
                double error = Math.abs(errors[o][g]);
                if (!Double.isNaN(error)) {
                    all[0] += weights[o] * error;
                    all[1] += weights[o];
                    boolean isRecent = origins[o] + grid.horizon(g) > since;
                    recent[0] += isRecent ? weights[o] * error : 0;
                    recent[1] += isRecent ? weights[o] : 0;
                }
            }
        }
        double ratio = recent[0] / recent[1] / (all[0] / all[1]);
        return ratio > 0 ? Math.clamp(Math.pow(ratio, ADAPTATION), LEAST_ADAPTATION, LARGEST_ADAPTATION) : 1;
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

    /** Scaled error quantiles of shape [horizon of the grid][level] for ascending levels; they ascend with the level. */
    double[][] quantiles(double[] ascendingLevels) {
        double[] levels = Arrays.stream(ascendingLevels).map(this::widened).toArray();
        double[][] quantiles = new double[grid.size()][];
        for (int g = 0; g < grid.size(); g++) {
            WeightedSample sample = errorsAround(Math.min(g, Math.max(knownGrid - 1, 0)));
            quantiles[g] = sample.quantiles(levels);
            double median = sample.quantiles(MEDIAN)[0];
            double wide = width * growth(g) * spread;
            for (int i = 0; i < levels.length; i++) {
                quantiles[g][i] = medianShare * median + wide * (quantiles[g][i] - median);
            }
        }
        return quantiles;
    }

    /** The level moved outwards; the median stays. */
    private double widened(double level) {
        double tail = Math.min(level, 1 - level);
        double share = tail * (TAIL_SHARE + 2 * (1 - TAIL_SHARE) * tail);
        if (effectiveOrigins < FEW_FOR_A_LEVEL) {
            double lessened = share - (1 - 2 * share) / (effectiveOrigins + 1);
            share = Math.max(LARGEST_FINITE_SAMPLE_SHARE * share, lessened);
        }
        return level < 0.5 ? share : 1 - share;
    }

    private double growth(int g) {
        if (g < knownGrid || knownGrid == 0) {
            return 1;
        }
        double ratio = (double) grid.horizon(g) / grid.horizon(knownGrid - 1);
        return Math.min(Math.sqrt(Math.sqrt(ratio)), WIDEST_GROWTH);
    }

    private WeightedSample errorsAround(int g) {
        WeightedSample sample = new WeightedSample(3 * errors.length + GUESSED_SHARES.length);
        for (int n = Math.max(0, g - 1); n <= Math.min(g + 1, grid.size() - 1); n++) {
            double nearness =
                    (double) Math.min(grid.horizon(g), grid.horizon(n)) / Math.max(grid.horizon(g), grid.horizon(n));
            double weight = n == g ? 1 : NEIGHBOUR_WEIGHT * nearness;
            for (int o = 0; o < errors.length; o++) {
                if (!Double.isNaN(errors[o][n])) {
                    sample.add(errors[o][n], weight * weights[o]);
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
        double each = effectiveOrigins > 0 ? Arrays.stream(weights).sum() / effectiveOrigins : 1;
        for (double share : GUESSED_SHARES) {
            sample.add(share * guessUnit, each * missing / GUESSED_SHARES.length);
        }
    }

    private static double meanRate(LearningHistory history) {
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
