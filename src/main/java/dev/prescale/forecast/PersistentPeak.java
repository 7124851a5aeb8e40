package dev.prescale.forecast;

/** A peak that equals one feature of the row: the newest rate, the peak of a day or of a week ago. Calibration adds the spread. */
record PersistentPeak(int feature) implements PeakPredictor {
    static final PersistentPeak OF_NEWEST = new PersistentPeak(0);
    static final PersistentPeak OF_DAY = new PersistentPeak(PeakFeatures.DAY_PEAK);
    static final PersistentPeak OF_WEEK = new PersistentPeak(PeakFeatures.WEEK_PEAK);

    @Override
    public double logRatio(double[] features, int level) {
        return features[feature];
    }

    @Override
    public boolean isSameAtEveryLevel() {
        return true;
    }
}
