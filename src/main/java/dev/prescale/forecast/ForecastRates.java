package dev.prescale.forecast;

import java.util.Arrays;

/**
 * From the point forecast and the calibrated errors to rates: {@code q_tau = f + Q_tau scale(f)}, and paths {@code f + u scale(f)}
 * with {@code u} the scaled errors of one past origin. Between the horizons of the grid, where no errors are kept, {@code u} is
 * on the line between its neighbours plus what errors departed from such lines at the horizons: a path is as rough as errors
 * are. Rates are at least 0 and at most three times the largest rate seen, before known events multiply them.
 */
final class ForecastRates {
    private static final double LARGEST_MULTIPLE_OF_SEEN = 3;
    private static final int FEWEST_WHOLE_COLUMNS = 20;
    private static final int DRAWN_PATHS = 100;
    private static final double LEAST_SHARE_OF_COLUMN = 0.5;
    /** Without a common divisor with anything that repeats here. */
    private static final int SHUFFLE = 7919;

    private final PointForecast point;
    private final HorizonGrid grid;
    private final double[] scale;
    private final double[] eventFactors;
    private final double largest;
    private final ErrorCalibration calibration;

    /** @param eventFactors per step */
    ForecastRates(ForecastModel model, PointForecast point, double[] eventFactors, ErrorCalibration calibration) {
        this.point = point;
        this.grid = model.grid();
        this.eventFactors = eventFactors;
        this.calibration = calibration;
        this.scale = new double[point.steps()];
        LearningHistory history = model.history();
        int origin = history.size();
        for (int h = 0; h < scale.length; h++) {
            scale[h] = calibration.scale().at(origin + h, point.rate(h));
        }
        double seen = 0;
        for (int t = 0; t < origin; t++) {
            seen = history.rate(t) > seen ? history.rate(t) : seen;
        }
        this.largest = LARGEST_MULTIPLE_OF_SEEN * seen;
    }

    private double rate(int h, double scaledError) {
        return eventFactors[h] * Math.clamp(point.rate(h) + scaledError * scale[h], 0, largest);
    }

    /** Rates (req/s) of shape [step][level] in the order of the levels. */
    double[][] quantiles(QuantileLevels levels) {
        double[] ascending = levels.toArray();
        Arrays.sort(ascending);
        double[][] errors = transposed(calibration.quantiles(ascending));
        int[] order = new int[ascending.length];
        Arrays.setAll(order, i -> levels.indexOf(ascending[i]));
        double[][] rates = new double[point.steps()][ascending.length];
        for (int h = 0; h < rates.length; h++) {
            double below = 0;
            for (int i = 0; i < ascending.length; i++) {
                // between the horizons of the grid quantiles that are equal may come out in the wrong order by a
                // rounding
                below = Math.max(below, rate(h, grid.between(errors[i], h + 1)));
                rates[h][order[i]] = below;
            }
        }
        return rates;
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < columns.length; c++) {
                columns[c][r] = rows[r][c];
            }
        }
        return columns;
    }

    /**
     * Courses (req/s) of shape [path][step]: whole columns of past errors added to the forecast; where too few origins know theirs, the quantile courses at evenly
     * spaced levels.
     */
    double[][] paths() {
        double[][] columns = Arrays.stream(calibration.errors())
                .filter(ForecastRates::isWhole)
                .map(ForecastRates::held)
                .toArray(double[][]::new);
        return columns.length >= FEWEST_WHOLE_COLUMNS ? pathsOf(columns) : quantileCourses();
    }

    private static boolean isWhole(double[] column) {
        int known = 0;
        for (double error : column) {
            known += Double.isNaN(error) ? 0 : 1;
        }
        return known >= LEAST_SHARE_OF_COLUMN * column.length;
    }

    /** A gap holds the error before it. */
    private static double[] held(double[] column) {
        double[] held = column.clone();
        double last = 0;
        for (int g = 0; g < held.length; g++) {
            last = Double.isNaN(held[g]) ? last : held[g];
            held[g] = last;
        }
        return held;
    }

    private double[][] pathsOf(double[][] columns) {
        double[][] departures = new double[columns.length][];
        Arrays.setAll(departures, p -> departures(columns[p]));
        double[][] paths = new double[columns.length][point.steps()];
        for (int p = 0; p < paths.length; p++) {
            for (int h = 0; h < point.steps(); h++) {
                double place = grid.place(h + 1);
                double share = place - (int) place;
                double error = grid.between(columns[p], h + 1);
                if (share > 0) {
                    double[] other = departures[(int) ((p + (long) SHUFFLE * h) % departures.length)];
                    error += Math.sqrt(4 * share * (1 - share)) * other[(int) place];
                }
                paths[p][h] = rate(h, error);
            }
        }
        return paths;
    }

    /** How far each error is from the line between its neighbours. */
    private double[] departures(double[] column) {
        double[] departures = new double[column.length];
        for (int g = 1; g < column.length - 1; g++) {
            double low = grid.horizon(g - 1);
            double share = Math.log(grid.horizon(g) / low) / Math.log(grid.horizon(g + 1) / low);
            departures[g] = column[g] - column[g - 1] - share * (column[g + 1] - column[g - 1]);
        }
        return departures;
    }

    private double[][] quantileCourses() {
        double[] levels = new double[DRAWN_PATHS];
        Arrays.setAll(levels, p -> (p + 0.5) / DRAWN_PATHS);
        double[][] errors = transposed(calibration.quantiles(levels));
        double[][] paths = new double[DRAWN_PATHS][point.steps()];
        for (int p = 0; p < DRAWN_PATHS; p++) {
            for (int h = 0; h < point.steps(); h++) {
                paths[p][h] = rate(h, grid.between(errors[p], h + 1));
            }
        }
        return paths;
    }
}
