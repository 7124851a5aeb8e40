package dev.prescale.forecast;

import dev.prescale.series.Step;

/**
 * Stretches of a history that say nothing about demand: outages as {@link OutageWatch} tells them, zeros of an hour or more
 * where traffic is usual at that time, and an hour around them. Nothing is learned from them. Usual is the smaller of the
 * rates a day and a week before, so that nights and Sundays without traffic are none; where neither is known, the mean of the
 * day before.
 *
 * <p>A gap alone is not marked: there is nothing in it to be learned.
 */
final class Incidents {
    private static final int MARGIN_SECONDS = 3600;

    private Incidents() {}

    /** Whether each step belongs to an incident. */
    static boolean[] in(LearningHistory history) {
        Step step = history.step();
        int margin = MARGIN_SECONDS / step.seconds();
        boolean[] incident = new boolean[history.size()];
        OutageWatch watch = new OutageWatch(step);
        int t = 0;
        while (t < history.size()) {
            if (history.rate(t) > 0) {
                watch.feed(history.rate(t), Double.NaN);
                t++;
                continue;
            }
            int end = endOfSilence(history, t);
            if (isOutage(history, watch, t, end)) {
                for (int k = Math.max(0, t - margin); k < Math.min(history.size(), end + margin); k++) {
                    incident[k] = true;
                }
            }
            t = end;
        }
        return incident;
    }

    private static int endOfSilence(LearningHistory history, int from) {
        int end = from;
        while (end < history.size() && !(history.rate(end) > 0)) {
            end++;
        }
        return end;
    }

    private static boolean isOutage(LearningHistory history, OutageWatch watch, int from, int end) {
        double dayBefore = meanOfDayBefore(history, from);
        boolean isOutage = false;
        boolean hasZero = false;
        for (int t = from; t < end; t++) {
            hasZero |= history.rate(t) == 0;
            isOutage |= watch.feed(history.rate(t), usual(history, t, dayBefore)) == OutageWatch.State.OUTAGE;
        }
        return isOutage && hasZero;
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
        return known > 0 ? sum / known : Double.NaN;
    }

    private static double usual(LearningHistory history, int t, double otherwise) {
        double yesterday = rateAt(history, history.dayBefore(t));
        double lastWeek = rateAt(history, history.weekBefore(t));
        if (Double.isNaN(yesterday)) {
            return Double.isNaN(lastWeek) ? otherwise : lastWeek;
        }
        return Double.isNaN(lastWeek) ? yesterday : Math.min(yesterday, lastWeek);
    }

    private static double rateAt(LearningHistory history, int t) {
        return t < 0 || t >= history.size() ? Double.NaN : history.rate(t);
    }
}
