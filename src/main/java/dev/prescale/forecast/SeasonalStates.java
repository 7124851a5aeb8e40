package dev.prescale.forecast;

import java.util.Arrays;

/**
 * Seasonal states of {@code z = ln(y + c)} per local slot, and what of {@code z} they do not explain, all causal: what is
 * read for an origin {@code t} was computed from steps before {@code t}.
 *
 * <ul>
 *   <li>{@code D[s] <- D[s] + max(alpha, 1/n_s) (z - D[s])} over the slots of the day, {@code W} over those of the week;
 *       {@code z} is averaged over {@code +-w} steps (15 min) first; a gap leaves the state alone.
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
    private static final double WEEK_GAIN = 0.25;
    private static final int SMOOTHING_SPANS_PER_DAY = 96;
    private static final double OUTLIER_DEVIATIONS = 5;
    /** Without it a perfectly regular past would take every change for an outlier, for ever. */
    private static final double LEAST_DEVIATION = 0.05;

    private static final double DEVIATION_MEMORY_DAYS = 3;
    private static final double ERROR_MEMORY_DAYS = 7;
    private static final int WEEK_SHARE_POWER = 6;

    private final LearningHistory history;
    private final int halfWidth;
    private final double[] day;
    private final double[] week;
    private final int[] dayCount;
    private final int[] weekCount;
    /** Sums and counts of the clipped logs of the steps before an index. */
    private final double[] sumBefore;

    private final int[] countBefore;
    private final double[] weekShareBefore;
    private final double[] memoryHours;
    private final double[][] memoryBefore;
    private int outliers;
    private int keptOrigin = LearningHistory.NONE;
    private double[] keptBases = {};

    /** @param memoryHours time constants tau of the residual memories */
    SeasonalStates(LearningHistory history, double... memoryHours) {
        this.history = history;
        this.halfWidth = Math.round((float) history.step().perDay() / SMOOTHING_SPANS_PER_DAY);
        this.day = new double[history.sizeAhead()];
        this.week = new double[history.sizeAhead()];
        this.dayCount = new int[history.sizeAhead()];
        this.weekCount = new int[history.sizeAhead()];
        int size = history.size();
        this.sumBefore = new double[size + 1];
        this.countBefore = new int[size + 1];
        this.weekShareBefore = new double[size + 1];
        this.memoryHours = memoryHours.clone();
        this.memoryBefore = new double[memoryHours.length][size + 1];
        learn();
    }

    private void learn() {
        double perDay = history.step().perDay();
        double deviationGain = 1 / (DEVIATION_MEMORY_DAYS * perDay);
        double errorGain = 1 / (ERROR_MEMORY_DAYS * perDay);
        double[] gains = Arrays.stream(memoryHours)
                .map(hours -> 1 - Math.exp(-24 / (hours * perDay)))
                .toArray();
        double deviation = 0;
        double dayError = 0;
        double weekError = 0;
        int seen = 0;
        for (int t = 0; t < history.sizeAhead(); t++) {
            carry(t, history.dayBefore(t), day, dayCount, DAY_GAIN);
            carry(t, history.weekBefore(t), week, weekCount, WEEK_GAIN);
            if (t >= history.size()) {
                continue;
            }
            double share = weekShareBefore[t];
            double z = history.log(t);
            for (int i = 0; i < gains.length; i++) {
                memoryBefore[i][t + 1] = memoryBefore[i][t];
            }
            double base = mix(day[t], week[t], share);
            if (!Double.isNaN(z) && !Double.isNaN(base)) {
                seen++;
                double clipped =
                        seen > perDay ? drawnIn(z, t, OUTLIER_DEVIATIONS * Math.max(deviation, LEAST_DEVIATION)) : z;
                outliers += clipped != z ? 1 : 0;
                z = clipped;
                double e = z - base;
                deviation += Math.max(deviationGain, 1.0 / seen) * (Math.abs(e) - deviation);
                if (!Double.isNaN(week[t])) {
                    dayError += errorGain * (Math.abs(z - day[t]) - dayError);
                    weekError += errorGain * (Math.abs(z - week[t]) - weekError);
                    share = weekShare(dayError, weekError);
                }
                for (int i = 0; i < gains.length; i++) {
                    memoryBefore[i][t + 1] += gains[i] * (e - memoryBefore[i][t]);
                }
            }
            weekShareBefore[t + 1] = share;
            boolean known = !Double.isNaN(z);
            sumBefore[t + 1] = sumBefore[t] + (known ? z : 0);
            countBefore[t + 1] = countBefore[t] + (known ? 1 : 0);
        }
    }

    /** The state for slot {@code t} is that of its predecessor, moved towards what was observed there. */
    private void carry(int t, int before, double[] state, int[] count, double gain) {
        if (before < 0) {
            state[t] = Double.NaN;
            return;
        }
        double z = smoothed(before);
        boolean known = !Double.isNaN(z);
        count[t] = count[before] + (known ? 1 : 0);
        double last = state[before];
        if (Double.isNaN(last)) {
            state[t] = z;
        } else {
            state[t] = known ? last + Math.max(gain, 1.0 / count[t]) * (z - last) : last;
        }
    }

    private double smoothed(int t) {
        int first = Math.max(0, t - halfWidth);
        int last = Math.min(history.size(), t + halfWidth + 1);
        int known = last > first ? countBefore[last] - countBefore[first] : 0;
        return known > 0 ? (sumBefore[last] - sumBefore[first]) / known : Double.NaN;
    }

    private double drawnIn(double z, int t, double reach) {
        double a = Double.isNaN(day[t]) ? week[t] : day[t];
        double b = Double.isNaN(week[t]) ? a : week[t];
        return Math.clamp(z, Math.min(a, b) - reach, Math.max(a, b) + reach);
    }

    private static double weekShare(double dayError, double weekError) {
        if (dayError <= 0) {
            return 0;
        }
        return 1 / (1 + Math.pow(weekError / dayError, WEEK_SHARE_POWER));
    }

    private static double mix(double day, double week, double weekShare) {
        if (Double.isNaN(week)) {
            return day;
        }
        return Double.isNaN(day) ? week : weekShare * week + (1 - weekShare) * day;
    }

    /** Base {@code b} for step {@code target} as known at {@code origin}; {@code NaN} where its slot was never seen. */
    double base(int origin, int target) {
        return mix(dayState(origin, target), weekState(origin, target), weekShareBefore[origin]);
    }

    /** Bases of the steps from {@code origin} on. Several members ask for the same ones, so the last answer is kept. */
    double[] bases(int origin, int steps) {
        if (origin != keptOrigin || steps > keptBases.length) {
            keptBases = new double[steps];
            Arrays.setAll(keptBases, h -> base(origin, origin + h));
            keptOrigin = origin;
        }
        return keptBases;
    }

    double dayState(int origin, int target) {
        int t = target;
        int before = history.dayBefore(t);
        while (before >= 0 && before + halfWidth >= origin) {
            t = before;
            before = history.dayBefore(t);
        }
        return day[t];
    }

    double weekState(int origin, int target) {
        int t = target;
        int before = history.weekBefore(t);
        while (before >= 0 && before + halfWidth >= origin) {
            t = before;
            before = history.weekBefore(t);
        }
        return week[t];
    }

    /** Residual memory {@code E_tau} as known at {@code origin}, by the position of its tau. */
    double memory(int position, int origin) {
        return memoryBefore[position][origin];
    }

    double memoryHours(int position) {
        return memoryHours[position];
    }

    /** Samples that were drawn in. */
    int outliers() {
        return outliers;
    }
}
