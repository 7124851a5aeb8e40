package dev.prescale.forecast;

/**
 * What is fixed beforehand while a history is shorter than {@value #DAYS} days, because the few past origins overlap: after
 * {@code d} days the spread of the error quantiles is {@code 1 + 0.7 / d} times as wide, and their median is not believed at all.
 * Both were chosen on the cold starts of the development suite (docs/decisions).
 */
final class ColdStart {
    static final int DAYS = 8;

    private static final double MEDIAN_SHARE = 0;
    private static final double EXTRA_SPREAD_DAYS = 0.7;

    private ColdStart() {}

    static boolean isIn(LearningHistory history) {
        return daysKnown(history) < DAYS;
    }

    private static double daysKnown(LearningHistory history) {
        return (double) (history.size() - history.firstKnown()) / history.step().perDay();
    }

    /** What the spread of the error quantiles is multiplied with. */
    static double spread(LearningHistory history) {
        return isIn(history) ? 1 + EXTRA_SPREAD_DAYS / Math.max(1, daysKnown(history)) : 1;
    }

    /** By how much the median of the errors is believed. @param later by how much it is once the history is longer */
    static double medianShare(LearningHistory history, double later) {
        return isIn(history) ? MEDIAN_SHARE : later;
    }
}
