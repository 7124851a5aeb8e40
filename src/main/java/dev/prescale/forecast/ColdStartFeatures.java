package dev.prescale.forecast;

import java.util.Arrays;

/**
 * What is known at {@code origin} about a step {@code target} while a history is short, free of scale.
 *
 * <p>With {@code z = ln(y + c)} and the anchor {@code a}, the seasonal base of the target or, where its slot of the day was
 * never seen, the mean of {@code z} over the last hour, the features are
 *
 * <ul>
 *   <li>{@code ln} of the horizon in hours, {@code ln} of the step in minutes, days known, whether the base is known;
 *   <li>the residual memories {@code E_tau} of {@link SeasonalStates};
 *   <li>less {@code a}: the newest {@code z}, its means over the last 1, 3 and 24 hours, {@code z} of the target's slot on
 *       the two last days that show it, its mean over +-1 h on the last of them;
 *   <li>how far the base moves from the newest step to the target;
 *   <li>slot of the day (as a share) and weekday of the target and of the origin, and the weekday of the last day that shows
 *       the target's slot;
 *   <li>over the last day: mean absolute change of {@code z} from step to step and from day to day, and its standard
 *       deviation.
 * </ul>
 *
 * Differences are within +-4; what is not known is 0.
 */
final class ColdStartFeatures {
    /** Number of features of a row. */
    static final int COUNT = 24;

    static final int NEWEST = 8;
    static final int LAST_OF_SLOT = 12;

    private static final double LARGEST = 4;
    private static final int[] MEAN_HOURS = {1, 3, 24};
    private static final double SECONDS_PER_HOUR = 3600;

    private final LearningHistory history;
    private final SeasonalStates states;
    private double[] z = {};
    private double[] sumBefore = {0};
    private double[] squaresBefore = {0};
    private int[] countBefore = {0};
    private int learnt;
    private double[] changesBefore = {0};
    private double[] dayChangesBefore = {0};

    ColdStartFeatures(LearningHistory history, SeasonalStates states) {
        this.history = history;
        this.states = states;
    }

    /** Takes in what the history has grown by. */
    private void catchUp() {
        int size = history.size();
        if (z.length < size) {
            int capacity = size + history.step().perDay();
            z = Arrays.copyOf(z, capacity);
            sumBefore = Arrays.copyOf(sumBefore, capacity + 1);
            squaresBefore = Arrays.copyOf(squaresBefore, capacity + 1);
            countBefore = Arrays.copyOf(countBefore, capacity + 1);
            changesBefore = Arrays.copyOf(changesBefore, capacity + 1);
            dayChangesBefore = Arrays.copyOf(dayChangesBefore, capacity + 1);
        }
        for (int t = learnt; t < size; t++) {
            z[t] = history.log(t);
            boolean known = !Double.isNaN(z[t]);
            sumBefore[t + 1] = sumBefore[t] + (known ? z[t] : 0);
            squaresBefore[t + 1] = squaresBefore[t] + (known ? z[t] * z[t] : 0);
            countBefore[t + 1] = countBefore[t] + (known ? 1 : 0);
            changesBefore[t + 1] = changesBefore[t] + change(t, t - 1);
            dayChangesBefore[t + 1] = dayChangesBefore[t] + change(t, history.dayBefore(t));
        }
        learnt = size;
    }

    private double change(int t, int before) {
        double change = before >= 0 ? Math.abs(z[t] - z[before]) : Double.NaN;
        return Double.isNaN(change) ? 0 : Math.min(change, LARGEST);
    }

    /** Whether there is a sample before the origin. */
    boolean isKnownAt(int origin) {
        catchUp();
        return countBefore[Math.min(origin, history.size())] > 0;
    }

    /** The {@code a} of a target as known at the origin. */
    double anchor(int origin, int target) {
        catchUp();
        double base = states.base(origin, target);
        return Double.isNaN(base) ? recent(origin, 1) : base;
    }

    /** Fills the row of features of a target; nothing at or after the origin is read. */
    void fill(int origin, int target, double[] row) {
        int perDay = history.step().perDay();
        double base = states.base(origin, target);
        double a = anchor(origin, target);
        double newest = z[history.lastKnown(origin)];
        int i = 0;
        row[i++] = Math.log((target - origin + 1) * history.step().seconds() / SECONDS_PER_HOUR);
        row[i++] = Math.log(history.step().seconds() / 60.0);
        row[i++] = (double) (origin - Math.min(origin, history.firstKnown())) / perDay;
        row[i++] = Double.isNaN(base) ? 0 : 1;
        for (int memory = 0; memory < SeasonalStates.MEMORIES; memory++) {
            row[i++] = bounded(states.memory(memory, origin));
        }
        row[i++] = bounded(newest - a);
        for (int hours : MEAN_HOURS) {
            row[i++] = bounded(recent(origin, hours) - a);
        }
        int last = lastOfSlot(origin, target);
        int beforeLast = last >= 0 ? history.dayBefore(last) : LearningHistory.NONE;
        int hour = steps(1);
        row[i++] = last >= 0 ? bounded(z[last] - a) : 0;
        row[i++] = beforeLast >= 0 ? bounded(z[beforeLast] - a) : 0;
        row[i++] = last >= 0 ? bounded(mean(last - hour, Math.min(last + hour + 1, origin)) - a) : 0;
        row[i++] = Double.isNaN(base) ? 0 : bounded(base - anchor(origin, Math.max(0, origin - 1)));
        row[i++] = (double) history.slots().slotOfDay(target) / perDay;
        row[i++] = history.patternWeekday(target);
        row[i++] = (double) history.slots().slotOfDay(origin) / perDay;
        row[i++] = history.patternWeekday(origin);
        row[i++] = last >= 0 ? history.patternWeekday(last) : history.patternWeekday(target);
        int from = Math.max(0, origin - perDay);
        double known = Math.max(1, countBefore[origin] - countBefore[from]);
        row[i++] = (changesBefore[origin] - changesBefore[from]) / known;
        row[i++] = (dayChangesBefore[origin] - dayChangesBefore[from]) / known;
        double mean = (sumBefore[origin] - sumBefore[from]) / known;
        row[i] = Math.sqrt(Math.max(0, (squaresBefore[origin] - squaresBefore[from]) / known - mean * mean));
    }

    /** The newest step before the origin in the target's daily season, none where its slot was never seen. */
    private int lastOfSlot(int origin, int target) {
        int t = target;
        while (t >= origin) {
            t = history.dayBefore(t);
        }
        return t;
    }

    /** Mean of {@code z} over the last hours before the origin; the newest one where they are a gap. */
    private double recent(int origin, int hours) {
        double mean = mean(origin - steps(hours), origin);
        return Double.isNaN(mean) ? z[history.lastKnown(origin)] : mean;
    }

    private int steps(int hours) {
        return Math.max(1, (int) (hours * SECONDS_PER_HOUR / history.step().seconds()));
    }

    private double mean(int from, int to) {
        int first = Math.max(0, from);
        int known = countBefore[to] - countBefore[first];
        return known > 0 ? (sumBefore[to] - sumBefore[first]) / known : Double.NaN;
    }

    private static double bounded(double value) {
        return Double.isNaN(value) ? 0 : Math.clamp(value, -LARGEST, LARGEST);
    }
}
