package dev.prescale.forecast;

/**
 * The peak that the present level reaches when it grows as it did a day and a week ago over the same window:
 * {@code r + g}, with {@code r} the mean of the features of the last 5 and 20 minutes and {@code g} half the log growth of the
 * day before, or a quarter of it and half of the week's where that is known. Nothing is fitted, so it can start after a day;
 * its spread comes from the calibration, hence it is the same for every level.
 */
final class SeasonalGrowth implements PeakPredictor {
    private static final int FIVE_MINUTES = 2;
    private static final int TWENTY_MINUTES = 4;
    private static final int SMOOTHED = 1;
    private static final int HALF_HOUR_BEFORE = 2;
    private static final double LARGEST_LOG_GROWTH = Math.log(4);

    @Override
    public double logRatio(double[] features, int level) {
        double recent = (features[FIVE_MINUTES] + features[TWENTY_MINUTES]) / 2;
        double ofDay = growth(features, PeakFeatures.DAY_PEAK);
        double ofWeek = growth(features, PeakFeatures.WEEK_PEAK);
        boolean weekKnown = features[PeakFeatures.WEEK_PEAK + SMOOTHED] != 0;
        return recent + (weekKnown ? ofDay / 4 + ofWeek / 2 : ofDay / 2);
    }

    @Override
    public boolean isSameAtEveryLevel() {
        return true;
    }

    private static double growth(double[] features, int season) {
        double growth = features[season + SMOOTHED] - features[season + HALF_HOUR_BEFORE];
        return Math.clamp(growth, -LARGEST_LOG_GROWTH, LARGEST_LOG_GROWTH);
    }
}
