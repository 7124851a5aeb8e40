package dev.prescale.forecast;

import java.util.Arrays;

/**
 * The inner loop of STL for one season (Cleveland, Cleveland, McRae and Terpenning 1990), not robust:
 *
 * <ol>
 *   <li>{@code y - T}, split into one series per position in the season, each smoothed by {@link Loess} over {@code n_s}
 *       seasons and prolonged by one at either end: {@code C};
 *   <li>low-pass {@code L}: moving averages of {@code C} over {@code P}, {@code P} and 3 steps, then loess over the least odd
 *       number from {@code P} on;
 *   <li>{@code S = C - L};
 *   <li>{@code T} = loess of {@code y - S} over the least odd number from {@code 1.5 P / (1 - 1.5 / n_s)} on.
 * </ol>
 *
 * Long smoothers fit every tenth of their width and interpolate, as the paper proposes.
 */
final class SeasonalLoess {
    private static final int INNER_ROUNDS = 2;
    private static final int FITS_PER_WIDTH = 10;

    private final int period;
    private final int seasonsWide;
    private final int trendWidth;
    private final double[] trend;
    private final double[] seasonal;

    /**
     * @param period season {@code P} in steps
     * @param seasonsWide width {@code n_s} of the smoothing from season to season, odd
     * @param size steps, at least two seasons
     */
    SeasonalLoess(int period, int seasonsWide, int size) {
        this.period = period;
        this.seasonsWide = seasonsWide;
        this.trendWidth = leastOdd(1.5 * period / (1 - 1.5 / seasonsWide));
        this.trend = new double[size];
        this.seasonal = new double[size];
    }

    private static int leastOdd(double from) {
        int width = (int) Math.ceil(from);
        return width % 2 == 0 ? width + 1 : width;
    }

    /** Decomposes anew; {@code NaN} is a gap. */
    void decompose(double[] y) {
        double[] rest = new double[y.length];
        Arrays.fill(trend, 0);
        for (int round = 0; round < INNER_ROUNDS; round++) {
            for (int t = 0; t < y.length; t++) {
                rest[t] = y[t] - trend[t];
            }
            double[] cycles = smoothedCycles(rest);
            double[] low = lowPass(cycles);
            for (int t = 0; t < y.length; t++) {
                seasonal[t] = cycles[t + period] - low[t];
                rest[t] = y[t] - seasonal[t];
            }
            Loess.smooth(rest, trendWidth, jump(trendWidth), trend);
        }
    }

    double[] seasonal() {
        return seasonal;
    }

    private static int jump(int width) {
        return Math.ceilDiv(width, FITS_PER_WIDTH);
    }

    /** {@code C}, one season longer than the series at either end; 0 where nothing near is known. */
    private double[] smoothedCycles(double[] rest) {
        double[] cycles = new double[rest.length + 2 * period];
        for (int p = 0; p < period; p++) {
            double[] position = new double[Math.ceilDiv(rest.length - p, period)];
            for (int k = 0; k < position.length; k++) {
                position[k] = rest[p + k * period];
            }
            for (int k = -1; k <= position.length; k++) {
                double smooth = Loess.at(k, position, seasonsWide);
                cycles[p + (k + 1) * period] = Double.isNaN(smooth) ? 0 : smooth;
            }
        }
        return cycles;
    }

    private double[] lowPass(double[] cycles) {
        double[] averaged = movingAverage(movingAverage(movingAverage(cycles, period), period), 3);
        double[] low = new double[averaged.length];
        int width = leastOdd(period);
        Loess.smooth(averaged, width, jump(width), low);
        return low;
    }

    private static double[] movingAverage(double[] values, int width) {
        double[] averages = new double[values.length - width + 1];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i];
            if (i >= width - 1) {
                averages[i - width + 1] = sum / width;
                sum -= values[i - width + 1];
            }
        }
        return averages;
    }
}
