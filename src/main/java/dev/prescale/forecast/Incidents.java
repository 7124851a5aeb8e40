package dev.prescale.forecast;

import dev.prescale.series.Step;
import dev.prescale.series.UsualSilence;

/**
 * Stretches that say nothing about demand: an hour or more of zeros where the day before had traffic, unless they are {@linkplain
 * UsualSilence usual} at that time, and an hour around them. Nothing is learned from them.
 */
final class Incidents {
    static final int SHORTEST_SECONDS = 3600;
    static final int MARGIN_SECONDS = 3600;
    static final double LEAST_USUAL_PER_SECOND = 1.0 / 60;

    private Incidents() {}

    /** Whether each step belongs to an incident. */
    static boolean[] in(LearningHistory history) {
        Step step = history.step();
        int margin = MARGIN_SECONDS / step.seconds();
        int shortest = Math.ceilDiv(SHORTEST_SECONDS, step.seconds());
        boolean[] incident = new boolean[history.size()];
        int zerosFrom = 0;
        for (int t = 0; t <= history.size(); t++) {
            if (t < history.size() && history.rate(t) == 0) {
                continue;
            }
            boolean isLong = (long) (t - zerosFrom) * step.seconds() >= SHORTEST_SECONDS;
            if (isLong
                    && meanOfDayBefore(history, zerosFrom) > LEAST_USUAL_PER_SECOND
                    && !UsualSilence.in(
                            k -> k < 0 ? Double.NaN : history.rate(k), zerosFrom, shortest, step.perDay())) {
                int last = Math.min(history.size(), t + margin);
                for (int k = Math.max(0, zerosFrom - margin); k < last; k++) {
                    incident[k] = true;
                }
            }
            zerosFrom = t + 1;
        }
        return incident;
    }

    private static double meanOfDayBefore(LearningHistory history, int end) {
        double sum = 0;
        int known = 0;
        for (int t = Math.max(0, end - history.step().perDay()); t < end; t++) {
            if (!Double.isNaN(history.rate(t))) {
                sum += history.rate(t);
                known++;
            }
        }
        return known > 0 ? sum / known : 0;
    }
}
