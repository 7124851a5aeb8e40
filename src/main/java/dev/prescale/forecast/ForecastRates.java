package dev.prescale.forecast;

import java.util.Arrays;

/**
 * From the point forecast and the calibrated errors to rates: {@code q_tau = f + Q_tau scale(f)}, and paths
 * {@code f + u scale(f)} with {@code u} the scaled errors of one past origin. Rates are at least 0 and at most three times the
 * largest rate seen, before known events multiply them.
 */
final class ForecastRates {
    private static final double LARGEST_MULTIPLE_OF_SEEN = 3;
    private static final int FEWEST_WHOLE_COLUMNS = 20;
    private static final int DRAWN_PATHS = 100;
    private static final double LEAST_SHARE_OF_COLUMN = 0.5;

    private final double[] point;
    private final HorizonGrid grid;
    private final double[] scale;
    private final double[] eventFactors;
    private final double largest;
    private final ErrorCalibration calibration;

    /**
     * @param point rates (req/s) per step without events
     * @param eventFactors per step
     */
    ForecastRates(LearningHistory history, HorizonGrid grid, double[] point, double[] eventFactors, ErrorCalibration calibration) {
        this.point = point;
        this.grid = grid;
        this.eventFactors = eventFactors;
        this.calibration = calibration;
        this.scale = new double[point.length];
        int origin = history.size();
        for (int h = 0; h < point.length; h++) {
            scale[h] = calibration.scale().at(origin, origin + h, point[h]);
        }
        double seen = 0;
        for (int t = 0; t < origin; t++) {
            seen = history.rate(t) > seen ? history.rate(t) : seen;
        }
        this.largest = LARGEST_MULTIPLE_OF_SEEN * seen;
    }

    private double rate(int h, double scaledError) {
        return eventFactors[h] * Math.clamp(point[h] + scaledError * scale[h], 0, largest);
    }

    /** Rates (req/s) of shape [step][level] in the order of the levels. */
    double[][] quantiles(QuantileLevels levels) {
        double[] ascending = levels.toArray();
        Arrays.sort(ascending);
        double[][] errors = calibration.quantiles(ascending, point.length);
        int[] position = new int[ascending.length];
        Arrays.setAll(position, i -> Arrays.binarySearch(ascending, levels.get(i)));
        double[][] rates = new double[point.length][ascending.length];
        for (int h = 0; h < point.length; h++) {
            for (int i = 0; i < position.length; i++) {
                rates[h][i] = rate(h, errors[h][position[i]]);
            }
        }
        return rates;
    }

    /**
     * Whole columns of past errors added to the forecast; where too few origins know theirs, the quantile courses at evenly
     * spaced levels.
     */
    ScenarioPaths paths() {
        double[][] columns = calibration.errors();
        double[][] paths = new double[columns.length][];
        int count = 0;
        for (double[] column : columns) {
            if (isWhole(column)) {
                paths[count++] = path(column);
            }
        }
        return count >= FEWEST_WHOLE_COLUMNS ? new ScenarioPaths(Arrays.copyOf(paths, count)) : quantileCourses();
    }

    private static boolean isWhole(double[] column) {
        int known = 0;
        for (double error : column) {
            known += Double.isNaN(error) ? 0 : 1;
        }
        return known >= LEAST_SHARE_OF_COLUMN * column.length;
    }

    /** A gap holds the error before it. */
    private double[] path(double[] column) {
        double[] held = column.clone();
        double last = 0;
        for (int g = 0; g < held.length; g++) {
            last = Double.isNaN(held[g]) ? last : held[g];
            held[g] = last;
        }
        double[] path = new double[point.length];
        for (int h = 0; h < path.length; h++) {
            double place = grid.place(h + 1);
            int low = (int) place;
            double share = place - low;
            double error = held[low] + (share > 0 ? share * (held[low + 1] - held[low]) : 0);
            path[h] = rate(h, error);
        }
        return path;
    }

    private ScenarioPaths quantileCourses() {
        double[] levels = new double[DRAWN_PATHS];
        Arrays.setAll(levels, p -> (p + 0.5) / DRAWN_PATHS);
        double[][] errors = calibration.quantiles(levels, point.length);
        double[][] paths = new double[DRAWN_PATHS][point.length];
        for (int h = 0; h < point.length; h++) {
            for (int p = 0; p < DRAWN_PATHS; p++) {
                paths[p][h] = rate(h, errors[h][p]);
            }
        }
        return new ScenarioPaths(paths);
    }
}
