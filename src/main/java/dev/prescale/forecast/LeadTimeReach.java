package dev.prescale.forecast;

import dev.prescale.series.RateSeries;

/**
 * How far a lead-time demand can go. It is regressed as the log ratio of the coming peak to the present level, and nothing above
 * {@code ln 20} is learned from: out of next to nothing it never says more than next to nothing.
 */
public final class LeadTimeReach {
    private static final int LEVEL_SECONDS = 40 * 60;

    private static final int WEEK = 7;

    private LeadTimeReach() {}

    /** Whether there was more within the last week. */
    public static boolean isExceeded(RateSeries series) {
        double reach = of(series);
        for (int t = Math.max(0, series.size() - WEEK * series.step().perDay()); t < series.size(); t++) {
            if (!series.isGap(t) && series.rateAt(t) > reach) {
                return true;
            }
        }
        return false;
    }

    /** Largest rate (req/s) that it can have been learned to say at the end of the series; 0 without samples. */
    public static double of(RateSeries series) {
        double sum = 0;
        int known = 0;
        int steps = Math.max(1, LEVEL_SECONDS / series.step().seconds());
        for (int t = Math.max(0, series.size() - steps); t < series.size(); t++) {
            if (!series.isGap(t)) {
                sum += series.rateAt(t);
                known++;
            }
        }
        return known == 0
                ? 0
                : PeakFeatures.rateOf(PeakSample.LARGEST_LOG_RATIO, sum / known, PeakFeatures.MOST_OFFSET);
    }
}
