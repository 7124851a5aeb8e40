package dev.prescale.forecast;

import dev.prescale.series.Require;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Equally likely courses of the request rate over the forecast's steps. Each adds the whole column of errors of one past
 * origin to the forecast, so that errors of neighbouring steps stay together. Immutable.
 */
public final class ScenarioPaths {
    private final Supplier<double[][]> paths;

    /** @param paths req/s of shape [path][step], at least one path */
    public ScenarioPaths(double[][] paths) {
        this(() -> paths);
        Require.that(paths.length > 0, "at least one path is needed");
    }

    private ScenarioPaths(Supplier<double[][]> paths) {
        this.paths = paths;
    }

    /**
     * Paths that are drawn anew with every question: most forecasts are never asked for a peak.
     *
     * @param paths gives the same req/s of shape [path][step] every time, at least one path
     */
    static ScenarioPaths drawnWhenAsked(Supplier<double[][]> paths) {
        return new ScenarioPaths(paths);
    }

    /** Rates (req/s) of shape [path][step]. */
    double[][] drawn() {
        return paths.get();
    }

    public int count() {
        return drawn().length;
    }

    /** Quantiles, one per level, of the largest rate in the steps {@code [first, last)}. */
    public double[] peakQuantiles(int first, int last, QuantileLevels levels) {
        double[][] drawn = drawn();
        double[] peaks = new double[drawn.length];
        for (int p = 0; p < drawn.length; p++) {
            for (int k = first; k < last; k++) {
                peaks[p] = Math.max(peaks[p], drawn[p][k]);
            }
        }
        Arrays.sort(peaks);
        double[] quantiles = new double[levels.size()];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = Quantiles.ofSorted(peaks, levels.get(i));
        }
        return quantiles;
    }
}
