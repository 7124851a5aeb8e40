package dev.prescale.forecast;

import java.util.List;
import java.util.Map;

/**
 * What is fixed beforehand while a history is shorter than {@value #DAYS} days: its past origins overlap so much that they tell
 * little about members, and about the median of the errors, beyond the first hour.
 *
 * <ul>
 *   <li>Weights of the members beyond 1 h: level x shape, the seasonal base at levels that fade within hours and, where there is
 *       a shared model, its trees with half of the weight and more.
 *   <li>{@code Q'_tau = 0.4 Q_.5 + (Q_tau - Q_.5) (1 + 0.7 / d)} in place of the error quantile {@code Q_tau} after {@code d}
 *       days: the median is half believed, the spread is wider.
 * </ul>
 *
 * All constants were chosen on the cold starts of the dev suite (docs/decisions).
 */
final class ColdStart {
    static final int DAYS = 8;

    private static final double MEDIAN_SHARE = 0.4;
    private static final double EXTRA_SPREAD_DAYS = 0.7;
    private static final Map<String, Double> UP_TO_SIX_HOURS = Map.of(
            LevelShape.NAME,
            0.2,
            DecayingLevel.QUICK,
            0.2,
            DecayingLevel.HOUR,
            0.4,
            DecayingLevel.QUARTER_DAY,
            0.2,
            SharedTrees.NAME,
            1.0);
    private static final Map<String, Double> BEYOND = Map.of(
            LevelShape.NAME, 0.25, DecayingLevel.HOUR, 0.5, DecayingLevel.QUARTER_DAY, 0.25, SharedTrees.NAME, 1.5);

    private ColdStart() {}

    static boolean isIn(LearningHistory history) {
        return daysKnown(history) < DAYS;
    }

    private static double daysKnown(LearningHistory history) {
        return (double) (history.size() - history.firstKnown()) / history.step().perDay();
    }

    /**
     * Weight of each member, which add up to 1.
     *
     * @param bucket position among the {@link HorizonBuckets}
     * @param judged the answer in the first hour, and where none of the fixed members speaks
     */
    static double[] weights(List<Member> members, int bucket, double[] judged) {
        Map<String, Double> shares = bucket == 1 ? UP_TO_SIX_HOURS : BEYOND;
        double[] weights = new double[members.size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = shares.getOrDefault(members.get(i).name(), 0.0);
            sum += weights[i];
        }
        if (bucket == 0 || sum == 0) {
            return judged;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /** Draws the error quantiles to zero in the middle and apart from it, in place. */
    static void widen(LearningHistory history, double[] quantiles, double median) {
        double spread = 1 + EXTRA_SPREAD_DAYS / Math.max(1, daysKnown(history));
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = MEDIAN_SHARE * median + spread * (quantiles[i] - median);
        }
    }
}
