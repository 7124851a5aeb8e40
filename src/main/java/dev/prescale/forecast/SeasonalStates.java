package dev.prescale.forecast;

import java.util.Arrays;

/**
 * Seasonal states of {@code z = ln(y + c)} per local slot, and what of {@code z} they do not explain, all causal: what is
 * read for an origin {@code t} was computed from steps before {@code t}. Grows with its history, a constant time per step.
 *
 * <ul>
 *   <li>{@code D[s] <- D[s] + max(alpha, 1/n_s) (z - D[s])} over the slots of the day, at {@code alpha} .15 and, as the fast
 *       state, .5; {@code W} over those of the week at .25; {@code z} is averaged over {@code +-w} steps (15 min) first; a gap
 *       leaves the state alone.
 *   <li>base {@code b = omega W + (1 - omega) D} with {@code omega = eD^6 / (eD^6 + eW^6)} from the running mean absolute
 *       errors of the two, 0 without a week.
 *   <li>an outlier, a {@code z} that is one for its slot of the day <em>and</em> of the week, is drawn in to five running
 *       mean absolute deviations from the nearer of the two.
 *   <li>residual memory {@code E_tau}: moving averages of {@code e[t] = z[t] - b[t]}.
 * </ul>
 *
 * Simple exponential smoothing per slot is the seasonal part of Holt-Winters (Winters 1960) with the level held in
 * {@code E_tau}.
 */
final class SeasonalStates {
    private static final double DAY_GAIN = 0.15;
    private static final double FAST_DAY_GAIN = 0.5;
    private static final double WEEK_GAIN = 0.25;
    private static final int SMOOTHING_SPANS_PER_DAY = 96;
    private static final double OUTLIER_DEVIATIONS = Double.parseDouble(System.getProperty("outl","5"));
    /** Without it a perfectly regular past would take every change for an outlier, for ever. */
    private static final double LEAST_DEVIATION = 0.05;

    private static final double DEVIATION_MEMORY_DAYS = 3;
    private static final double ERROR_MEMORY_DAYS = 7;
    private static final int WEEK_SHARE_POWER = 6;

    private final LearningHistory history;
    private final int halfWidth;
    private final double deviationGain;
    private final double errorGain;
    private final double[] memoryGains;

    /** Clipped z per step, and its sum and count before a step. */
    private double[] clipped;

    private double[] sumBefore;
    private int[] countBefore;
    /** Smoothed z per step, and the states of its slots after it. */
    private double[] smooth;

    private double[] day;
    private double[] fastDay;
    private double[] week;
    private int[] dayCount;
    private int[] weekCount;
    private double[] weekShareBefore;
    private final double[][] memoryBefore;

    private double deviation;
    private double dayError;
    private double weekError;
    private double largest = Double.NEGATIVE_INFINITY;
    private double least = Double.POSITIVE_INFINITY;
    private int seen;
    private int outliers;
    private int learnt;

    /** @param memoryHours time constants tau of the residual memories */
    SeasonalStates(LearningHistory history, int capacity, double... memoryHours) {
        this.history = history;
        double perDay = history.step().perDay();
        this.halfWidth = Math.round((float) perDay / SMOOTHING_SPANS_PER_DAY);
        this.deviationGain = 1 / (DEVIATION_MEMORY_DAYS * perDay);
        this.errorGain = 1 / (ERROR_MEMORY_DAYS * perDay);
        this.memoryGains = Arrays.stream(memoryHours)
                .map(hours -> 1 - Math.exp(-24 / (hours * perDay)))
                .toArray();
        this.memoryBefore = new double[memoryHours.length][];
        this.clipped = new double[capacity];
        this.sumBefore = new double[capacity + 1];
        this.countBefore = new int[capacity + 1];
        this.smooth = new double[capacity];
        this.day = new double[capacity];
        this.fastDay = new double[capacity];
        this.week = new double[capacity];
        this.dayCount = new int[capacity];
        this.weekCount = new int[capacity];
        this.weekShareBefore = new double[capacity + 1];
        Arrays.setAll(memoryBefore, i -> new double[capacity + 1]);
    }

    private void grow() {
        int capacity = clipped.length + history.step().perDay();
        clipped = Arrays.copyOf(clipped, capacity);
        sumBefore = Arrays.copyOf(sumBefore, capacity + 1);
        countBefore = Arrays.copyOf(countBefore, capacity + 1);
        smooth = Arrays.copyOf(smooth, capacity);
        day = Arrays.copyOf(day, capacity);
        fastDay = Arrays.copyOf(fastDay, capacity);
        week = Arrays.copyOf(week, capacity);
        dayCount = Arrays.copyOf(dayCount, capacity);
        weekCount = Arrays.copyOf(weekCount, capacity);
        weekShareBefore = Arrays.copyOf(weekShareBefore, capacity + 1);
        Arrays.setAll(memoryBefore, i -> Arrays.copyOf(memoryBefore[i], capacity + 1));
    }

    /** Takes in the newest step of the history. */
    void learnNewest() {
        int t = learnt;
        if (t == clipped.length) {
            grow();
        }
        double share = weekShareBefore[t];
        double z = history.log(t);
        for (int i = 0; i < memoryGains.length; i++) {
            memoryBefore[i][t + 1] = memoryBefore[i][t];
        }
        double ofDay = valueAt(day, latestDay(t, t));
        double ofWeek = valueAt(week, latestWeek(t, t));
        double base = mix(ofDay, ofWeek, share);
        if (!Double.isNaN(z)) {
            largest = Math.max(largest, z);
            least = Math.min(least, z);
        }
        if (!Double.isNaN(z) && !Double.isNaN(base)) {
            seen++;
            double drawn = seen > history.step().perDay()
                    ? drawnIn(z, ofDay, ofWeek, OUTLIER_DEVIATIONS * Math.max(deviation, LEAST_DEVIATION))
                    : z;
            outliers += drawn != z ? 1 : 0;
            z = drawn;
            double e = z - base;
            deviation += Math.max(deviationGain, 1.0 / seen) * (Math.abs(e) - deviation);
            if (!Double.isNaN(ofWeek)) {
                dayError += errorGain * (Math.abs(z - ofDay) - dayError);
                weekError += errorGain * (Math.abs(z - ofWeek) - weekError);
                share = weekShare(dayError, weekError);
            }
            for (int i = 0; i < memoryGains.length; i++) {
                memoryBefore[i][t + 1] += memoryGains[i] * (e - memoryBefore[i][t]);
            }
        }
        weekShareBefore[t + 1] = share;
        boolean known = !Double.isNaN(z);
        clipped[t] = z;
        sumBefore[t + 1] = sumBefore[t] + (known ? z : 0);
        countBefore[t + 1] = countBefore[t] + (known ? 1 : 0);
        learnt++;
        if (t >= halfWidth) {
            post(t - halfWidth);
        }
    }

    /** The states of the slots of step {@code p} after it. */
    private void post(int p) {
        int first = Math.max(0, p - halfWidth);
        int last = p + halfWidth + 1;
        int known = countBefore[last] - countBefore[first];
        double z = known > 0 ? (sumBefore[last] - sumBefore[first]) / known : Double.NaN;
        smooth[p] = z;
        int dayBefore = history.dayBefore(p);
        int weekBefore = history.weekBefore(p);
        int n = (dayBefore >= 0 ? dayCount[dayBefore] : 0) + (known > 0 ? 1 : 0);
        dayCount[p] = n;
        day[p] = moved(valueAt(day, dayBefore), z, Math.max(DAY_GAIN, 1.0 / n));
        fastDay[p] = moved(valueAt(fastDay, dayBefore), z, Math.max(FAST_DAY_GAIN, 1.0 / n));
        int m = (weekBefore >= 0 ? weekCount[weekBefore] : 0) + (known > 0 ? 1 : 0);
        weekCount[p] = m;
        week[p] = moved(valueAt(week, weekBefore), z, Math.max(WEEK_GAIN, 1.0 / m));
    }

    private static double moved(double state, double z, double gain) {
        if (Double.isNaN(state)) {
            return z;
        }
        return Double.isNaN(z) ? state : state + gain * (z - state);
    }

    private static double valueAt(double[] values, int index) {
        return index >= 0 ? values[index] : Double.NaN;
    }

    private static double drawnIn(double z, double ofDay, double ofWeek, double reach) {
        double a = Double.isNaN(ofDay) ? ofWeek : ofDay;
        double b = Double.isNaN(ofWeek) ? a : ofWeek;
        return Math.clamp(z, Math.min(a, b) - reach, Math.max(a, b) + reach);
    }

    private static double weekShare(double dayError, double weekError) {
        if (dayError <= 0) {
            return 0;
        }
        return 1 / (1 + Math.pow(weekError / dayError, WEEK_SHARE_POWER));
    }

    static double mix(double day, double week, double weekShare) {
        if (Double.isNaN(week)) {
            return day;
        }
        return Double.isNaN(day) ? week : weekShare * week + (1 - weekShare) * day;
    }

    /** The latest step of the daily slot of {@code target} whose states are known at {@code origin}; negative where there is none. */
    int latestDay(int origin, int target) {
        int p = history.dayBefore(target);
        while (p >= 0 && p + halfWidth >= origin) {
            p = history.dayBefore(p);
        }
        return p;
    }

    /** The same for the weekly slot. */
    int latestWeek(int origin, int target) {
        int p = history.weekBefore(target);
        while (p >= 0 && p + halfWidth >= origin) {
            p = history.weekBefore(p);
        }
        return p;
    }

    double dayState(int latestDay) {
        return valueAt(day, latestDay);
    }

    double fastDayState(int latestDay) {
        return valueAt(fastDay, latestDay);
    }

    double weekState(int latestWeek) {
        return valueAt(week, latestWeek);
    }

    /** Smoothed z of a step, {@code NaN} where it is not known. */
    double smoothed(int step) {
        return valueAt(smooth, step);
    }

    /** z of a step, drawn in where it is an outlier; {@code NaN} for a gap. */
    double clipped(int step) {
        return valueAt(clipped, step);
    }

    double weekShare(int origin) {
        return weekShareBefore[origin];
    }

    /** Base {@code b} for step {@code target} as known at {@code origin}; {@code NaN} where its slot was never seen. */
    double base(int origin, int target) {
        return mix(
                valueAt(day, latestDay(origin, target)),
                valueAt(week, latestWeek(origin, target)),
                weekShareBefore[origin]);
    }

    /** Residual memory {@code E_tau} as known at {@code origin}, by the position of its tau. */
    double memory(int position, int origin) {
        return memoryBefore[position][origin];
    }

    /** The largest z so far. */
    double largest() {
        return largest;
    }

    /** The least z so far. */
    double least() {
        return least;
    }

    /** Samples that were drawn in. */
    int outliers() {
        return outliers;
    }
}
