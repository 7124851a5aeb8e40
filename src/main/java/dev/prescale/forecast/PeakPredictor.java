package dev.prescale.forecast;

/** Predicts a quantile of the log ratio of the coming peak to the present level, before calibration. */
interface PeakPredictor {
    /**
     * @param features a row of {@link PeakFeatures}
     * @param level position of the quantile level
     */
    double logRatio(double[] features, int level);

    /** Whether it predicts the same whatever the level: its spread then comes from the calibration alone. */
    default boolean isSameAtEveryLevel() {
        return false;
    }
}
