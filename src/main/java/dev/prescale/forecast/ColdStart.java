package dev.prescale.forecast;

/**
 * What is fixed beforehand while a history is shorter than {@value #DAYS} days.
 *
 * <ul>
 *   <li>{@code Q'_tau = 0.4 Q_.5 + (Q_tau - Q_.5) (1 + 0.7 / d)} in place of the error quantile {@code Q_tau} after {@code d}
 *       days: the median is half believed, the spread is wider.
 * </ul>
 *
 * All constants were chosen on the cold starts of the dev suite (docs/decisions).
 */
final class ColdStart {
    static final int DAYS = 8;

    private static final double MEDIAN_SHARE = Double.parseDouble(System.getProperty("csm","0.4"));
    private static final double EXTRA_SPREAD_DAYS = Double.parseDouble(System.getProperty("css","0.7"));

    private ColdStart() {}

    static boolean isIn(LearningHistory history) {
        return daysKnown(history) < DAYS;
    }

    private static double daysKnown(LearningHistory history) {
        return (double) (history.size() - history.firstKnown()) / history.step().perDay();
    }

    /** Draws the error quantiles to zero in the middle and apart from it, in place. */
    static void widen(LearningHistory history, double[] quantiles, double median) {
        double spread = 1 + EXTRA_SPREAD_DAYS / Math.max(1, daysKnown(history));
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = MEDIAN_SHARE * median + spread * (quantiles[i] - median);
        }
    }
}
