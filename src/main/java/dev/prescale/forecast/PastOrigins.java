package dev.prescale.forecast;

/**
 * Origins inside a history from which forecasts are issued anew, without what came after, to learn from their errors. They
 * go back 14 days beyond the horizon (at most two days of it), not into the first two fifths of the history, where members
 * knew too little to speak for today, and are spread over all times of the day.
 */
final class PastOrigins {
    private static final int ERROR_DAYS = 14;
    private static final int HORIZON_DAYS = 2;
    private static final double LEAST_SHARE_BEFORE = 0.4;
    private static final int MOST_CALIBRATING = 150;
    private static final int MOST_JUDGING = 30;
    private static final int JUDGING_DAYS = 9;

    private PastOrigins() {}

    /** Origins for the calibration of quantiles, newest first. */
    static int[] calibrating(LearningHistory history, int horizonSteps) {
        int perDay = history.step().perDay();
        int span = ERROR_DAYS * perDay + Math.min(horizonSteps, HORIZON_DAYS * perDay);
        return spread(history, span, MOST_CALIBRATING);
    }

    /** Origins for the weights of members, newest first. */
    static int[] judging(LearningHistory history) {
        return spread(history, JUDGING_DAYS * history.step().perDay(), MOST_JUDGING);
    }

    private static int[] spread(LearningHistory history, int spanSteps, int most) {
        int known = history.size() - history.firstKnown();
        int span = Math.min(spanSteps, known - Math.max(1, (int) (LEAST_SHARE_BEFORE * known)));
        int stride = Math.max(1, Math.ceilDiv(span, most));
        while (commonDivisor(stride, history.step().perDay()) > 1) {
            stride++;
        }
        int count = Math.max(0, span / stride);
        int[] origins = new int[count];
        for (int k = 0; k < count; k++) {
            origins[k] = history.size() - (k + 1) * stride;
        }
        return origins;
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }
}
