package dev.prescale.forecast;

import dev.prescale.series.RateSeries;

/**
 * How far a lead-time demand can go. It is regressed as the log ratio of the coming peak to the present level, and nothing above
 * {@code ln 20} is learned from, either way: out of next to nothing it never says more than next to nothing, and soon after traffic
 * has ended not less than a twentieth of what it was.
 */
public final class LeadTimeReach {
    private static final int LEVEL_SECONDS = 40 * 60;

    private static final int SILENCE_SECONDS = 180;
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
        double level = level(series);
        return Double.isNaN(level)
                ? 0
                : PeakFeatures.rateOf(PeakSample.LARGEST_LOG_RATIO, level, PeakFeatures.MOST_OFFSET);
    }

    /** Whether there has been no request in the last three minutes, nor in the last two steps. */
    public static boolean isOfSilence(RateSeries series) {
        int steps = Math.max(2, Math.ceilDiv(SILENCE_SECONDS, series.step().seconds()));
        for (int t = series.size() - steps; t < series.size(); t++) {
            if (t < 0 || series.rateAt(t) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether there are requests, and were none in at least half of the last 40 minutes: the level is not one yet. */
    public static boolean isOfYoungTraffic(RateSeries series) {
        int steps = levelSteps(series);
        int zeros = 0;
        for (int t = Math.max(0, series.size() - steps); t < series.size(); t++) {
            zeros += series.rateAt(t) == 0 ? 1 : 0;
        }
        return 2 * zeros >= steps && series.size() > 0 && series.rateAt(series.size() - 1) > 0;
    }

    private static int levelSteps(RateSeries series) {
        return Math.max(1, LEVEL_SECONDS / series.step().seconds());
    }

    /** Mean rate (req/s) of the last 40 minutes, {@code NaN} without samples. */
    private static double level(RateSeries series) {
        double sum = 0;
        int known = 0;
        for (int t = Math.max(0, series.size() - levelSteps(series)); t < series.size(); t++) {
            if (!series.isGap(t)) {
                sum += series.rateAt(t);
                known++;
            }
        }
        return known == 0 ? Double.NaN : sum / known;
    }
}
