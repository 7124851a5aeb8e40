package dev.prescale.forecast;

/** The rows of {@link SeasonalRegression} for one origin, computed once for all members that ask. */
final class ForecastFeatures {
    private final SeasonalRegression regression;
    private int origin = LearningHistory.NONE;
    private int[] horizons = {};
    private double[][] rows = {};
    private double[] bases = {};

    ForecastFeatures(SeasonalRegression regression) {
        this.regression = regression;
    }

    private void ensure(int origin, int[] horizons) {
        if (origin == this.origin && horizons == this.horizons) {
            return;
        }
        if (rows.length < horizons.length) {
            rows = new double[horizons.length][SeasonalRegression.FEATURES];
            bases = new double[horizons.length];
        }
        for (int k = 0; k < horizons.length; k++) {
            bases[k] = regression.fill(origin, origin + horizons[k] - 1, rows[k]);
        }
        this.origin = origin;
        this.horizons = horizons;
    }

    double[][] rows(int origin, int[] horizons) {
        ensure(origin, horizons);
        return rows;
    }

    double[] bases(int origin, int[] horizons) {
        ensure(origin, horizons);
        return bases;
    }
}
