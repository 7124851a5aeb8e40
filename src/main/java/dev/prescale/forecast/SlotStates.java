package dev.prescale.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Exponentially smoothed {@code z} per local slot, kept per step so that the states of any past origin can be told:
 * {@code D[s] <- D[s] + max(alpha, 1/n_s) (z - D[s])} over the slots of the day, at {@code alpha} .15 and, as the fast state,
 * .5; {@code W} over those of the week at .25. {@code z} is averaged over {@code +-w} steps (15 min) first; where none of these
 * is known the state stays. A holiday moves no state. Simple exponential smoothing per slot is the seasonal part of
 * Holt-Winters (Winters 1960).
 */
final class SlotStates {
    private static final double DAY_GAIN = 0.15;
    private static final double FAST_DAY_GAIN = 0.5;
    private static final double WEEK_GAIN = 0.25;
    private static final int SMOOTHING_SPANS_PER_DAY = 96;

    private final LearningHistory history;
    private final int halfWidth;
    /** Sum and count of the z before a step. */
    private double[] sumBefore;

    private int[] countBefore;
    private double[] smooth;
    /** States of the step's slots after it. */
    private double[] day;

    private double[] fastDay;
    private double[] week;
    private int[] dayCount;
    private int[] weekCount;
    private int learnt;

    SlotStates(LearningHistory history, int capacity) {
        this.history = history;
        this.halfWidth = Math.round((float) history.step().perDay() / SMOOTHING_SPANS_PER_DAY);
        this.sumBefore = new double[capacity + 1];
        this.countBefore = new int[capacity + 1];
        this.smooth = new double[capacity];
        this.day = new double[capacity];
        this.fastDay = new double[capacity];
        this.week = new double[capacity];
        this.dayCount = new int[capacity];
        this.weekCount = new int[capacity];
    }

    /**
     * Takes in the next step.
     *
     * @param z {@code NaN} where nothing is to be learnt
     * @param haste what the gains are multiplied with, at least 1
     */
    void append(double z, double haste) {
        if (learnt == smooth.length) {
            grow();
        }
        note(z);
        if (learnt > halfWidth) {
            settle(learnt - 1 - halfWidth, haste);
        }
    }

    private void note(double z) {
        boolean known = !Double.isNaN(z);
        sumBefore[learnt + 1] = sumBefore[learnt] + (known ? z : 0);
        countBefore[learnt + 1] = countBefore[learnt] + (known ? 1 : 0);
        learnt++;
    }

    private void grow() {
        int capacity = smooth.length + history.step().perDay();
        sumBefore = Arrays.copyOf(sumBefore, capacity + 1);
        countBefore = Arrays.copyOf(countBefore, capacity + 1);
        smooth = Arrays.copyOf(smooth, capacity);
        day = Arrays.copyOf(day, capacity);
        fastDay = Arrays.copyOf(fastDay, capacity);
        week = Arrays.copyOf(week, capacity);
        dayCount = Arrays.copyOf(dayCount, capacity);
        weekCount = Arrays.copyOf(weekCount, capacity);
    }

    private void settle(int p, double haste) {
        boolean moves = average(p);
        double z = smooth[p];
        int dayBefore = history.dayBefore(p);
        double newDay = 1.0 / dayCount[p];
        double ofDay = valueAt(day, dayBefore);
        day[p] = moves ? moved(ofDay, z, Math.max(DAY_GAIN * haste, newDay)) : ofDay;
        double ofFastDay = valueAt(fastDay, dayBefore);
        fastDay[p] = moves ? moved(ofFastDay, z, Math.max(FAST_DAY_GAIN * haste, newDay)) : ofFastDay;
        double ofWeek = valueAt(week, history.weekBefore(p));
        week[p] = moves ? moved(ofWeek, z, Math.max(WEEK_GAIN * haste, 1.0 / weekCount[p])) : ofWeek;
    }

    /** Averages z around a step whose neighbours are known; true where it moves the states of its slots. */
    private boolean average(int p) {
        int first = Math.max(0, p - halfWidth);
        int known = countBefore[learnt] - countBefore[first];
        smooth[p] = known > 0 ? (sumBefore[learnt] - sumBefore[first]) / known : Double.NaN;
        boolean moves = known > 0 && !history.isHoliday(p);
        int dayBefore = history.dayBefore(p);
        dayCount[p] = (dayBefore >= 0 ? dayCount[dayBefore] : 0) + (moves ? 1 : 0);
        int weekBefore = history.weekBefore(p);
        weekCount[p] = (weekBefore >= 0 ? weekCount[weekBefore] : 0) + (moves ? 1 : 0);
        return moves;
    }

    /** Writes the states alone: averages and counts follow from z. */
    void writeTo(DataOutput out) throws IOException {
        int settled = Math.max(0, learnt - halfWidth);
        DoubleArrays.write(day, settled, out);
        DoubleArrays.write(fastDay, settled, out);
        DoubleArrays.write(week, settled, out);
    }

    /**
     * Takes the place of states that were written; for one that has learnt nothing.
     *
     * @param z of all steps that they had learnt from
     */
    void read(double[] z, int steps, DataInput in) throws IOException {
        for (int t = 0; t < steps; t++) {
            note(z[t]);
            if (learnt > halfWidth) {
                average(learnt - 1 - halfWidth);
            }
        }
        int settled = Math.max(0, learnt - halfWidth);
        DoubleArrays.read(day, 0, settled, in);
        DoubleArrays.read(fastDay, 0, settled, in);
        DoubleArrays.read(week, 0, settled, in);
    }

    private static double moved(double state, double z, double gain) {
        return Double.isNaN(state) ? z : state + Math.min(1, gain) * (z - state);
    }

    private static double valueAt(double[] values, int index) {
        return index >= 0 ? values[index] : Double.NaN;
    }

    /** The latest step of the daily slot of {@code target} whose state is known at {@code origin}; negative where there is none. */
    int latestDay(int origin, int target) {
        int p = history.dayBefore(target);
        while (p >= 0 && p + halfWidth >= origin) {
            p = history.dayBefore(p);
        }
        return p;
    }

    /** The same of the weekly slot; a holiday has that of the last Sunday or holiday. */
    int latestWeek(int origin, int target) {
        return latestWeekFrom(origin, history.weekBefore(target));
    }

    /** The same of the weekly slot that the target would have if it were no holiday. */
    int latestOrdinaryWeek(int origin, int target) {
        return latestWeekFrom(origin, history.ordinaryWeekBefore(target));
    }

    private int latestWeekFrom(int origin, int before) {
        int p = before;
        while (p >= 0 && p + halfWidth >= origin) {
            p = history.weekBefore(p);
        }
        return p;
    }

    /** Whether z is averaged over neighbours at all: steps of half an hour and more are not. */
    boolean averages() {
        return halfWidth > 0;
    }

    /** Daily state after a step; {@code NaN} before the history. */
    double day(int step) {
        return valueAt(day, step);
    }

    double fastDay(int step) {
        return valueAt(fastDay, step);
    }

    double week(int step) {
        return valueAt(week, step);
    }

    /** Averaged z around a step, {@code NaN} where it is not known. */
    double smooth(int step) {
        return valueAt(smooth, step);
    }
}
