package dev.prescale.forecast;

import dev.prescale.series.Require;
import java.util.Arrays;

/**
 * Equally likely courses of the request rate over the forecast's steps. Each adds the whole column of errors of one past
 * origin to the forecast, so that errors of neighbouring steps stay together. Immutable.
 */
public final class ScenarioPaths {
    private final double[][] paths;

    /** @param paths req/s of shape [path][step], at least one path */
    public ScenarioPaths(double[][] paths) {
        Require.that(paths.length > 0, "at least one path is needed");
        this.paths = paths;
    }

    public int count() {
        return paths.length;
    }

    /** Quantiles, one per level, of the largest rate in the steps {@code [first, last)}. */
    public double[] peakQuantiles(int first, int last, QuantileLevels levels) {
        double[] peaks = new double[paths.length];
        for (int p = 0; p < paths.length; p++) {
            for (int k = first; k < last; k++) {
                peaks[p] = Math.max(peaks[p], paths[p][k]);
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
