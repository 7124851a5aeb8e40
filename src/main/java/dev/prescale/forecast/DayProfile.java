package dev.prescale.forecast;

import java.util.Arrays;

/**
 * Level, weekday factors and shape of the days before one local day.
 *
 * <ul>
 *   <li>{@code L[j]}: mean rate of day {@code j}, unknown where less than 70 % of its steps are.
 *   <li>{@code g[w] = (mean of L on weekday w / mean of L)^(n / (n + 1))} of {@code n} such days within 28 days; 1 where
 *       {@code n = 0}.
 *   <li>{@code l <- l + 0.5 (L[j] / g[j] - l)}, day after day.
 *   <li>{@code S[s]}: mean of {@code y[j, s] / L[j]} over the last 7 days of the same kind (Monday to Friday, or weekend and
 *       holidays; of both while one kind has not been seen), weighted {@code 0.8^order}.
 * </ul>
 */
final class DayProfile {
    private static final double LEAST_SHARE_KNOWN = 0.7;
    private static final int DAYS = 28;
    private static final int SHAPE_DAYS = 7;
    private static final double SHAPE_MEMORY = 0.8;
    private static final double LEVEL_GAIN = 0.5;
    private static final int FIRST_WEEKEND_DAY = 5;
    private static final int WEEK = 7;

    private final LearningHistory history;
    private final double level;
    private final double[] weekdayFactors;
    private final double[] workingShape;
    private final double[] weekendShape;

    private DayProfile(
            LearningHistory history,
            double level,
            double[] weekdayFactors,
            double[] workingShape,
            double[] weekendShape) {
        this.history = history;
        this.level = level;
        this.weekdayFactors = weekdayFactors;
        this.workingShape = workingShape;
        this.weekendShape = weekendShape;
    }

    /** The profile known when day {@code day} begins. */
    static DayProfile of(LearningHistory history, int[] dayStarts, double[] dayLevels, int day) {
        int first = Math.max(0, day - DAYS);
        double[] factors = weekdayFactors(history, dayStarts, dayLevels, first, day);
        double level = Double.NaN;
        for (int d = first; d < day; d++) {
            if (dayLevels[d] > 0) {
                double plain = dayLevels[d] / factors[history.patternWeekday(dayStarts[d])];
                level = Double.isNaN(level) ? plain : level + LEVEL_GAIN * (plain - level);
            }
        }
        double[] working = shape(history, dayStarts, dayLevels, first, day, Kind.WORKING);
        double[] weekend = shape(history, dayStarts, dayLevels, first, day, Kind.WEEKEND);
        return new DayProfile(history, level, factors, working, weekend);
    }

    static double meanRate(LearningHistory history, int from, int to) {
        double sum = 0;
        int known = 0;
        for (int t = from; t < Math.min(to, history.size()); t++) {
            if (!Double.isNaN(history.rate(t))) {
                sum += history.rate(t);
                known++;
            }
        }
        return known >= LEAST_SHARE_KNOWN * history.step().perDay() ? sum / known : Double.NaN;
    }

    private static double[] weekdayFactors(
            LearningHistory history, int[] dayStarts, double[] dayLevels, int first, int day) {
        double[] sums = new double[WEEK];
        int[] counts = new int[WEEK];
        double sum = 0;
        int count = 0;
        for (int d = first; d < day; d++) {
            if (!Double.isNaN(dayLevels[d])) {
                int weekday = history.patternWeekday(dayStarts[d]);
                sums[weekday] += dayLevels[d];
                counts[weekday]++;
                sum += dayLevels[d];
                count++;
            }
        }
        double[] factors = new double[WEEK];
        for (int w = 0; w < WEEK; w++) {
            double ratio = sums[w] / counts[w] / (sum / count);
            factors[w] = ratio > 0 ? Math.pow(ratio, counts[w] / (counts[w] + 1.0)) : 1;
        }
        return factors;
    }

    private enum Kind {
        WORKING,
        WEEKEND;

        static Kind of(int weekday) {
            return weekday >= FIRST_WEEKEND_DAY ? WEEKEND : WORKING;
        }
    }

    private static double[] shape(
            LearningHistory history, int[] dayStarts, double[] dayLevels, int first, int day, Kind kind) {
        boolean seen = false;
        for (int d = first; d < day && !seen; d++) {
            seen = dayLevels[d] > 0 && Kind.of(history.patternWeekday(dayStarts[d])) == kind;
        }
        int perDay = history.step().perDay();
        double[] sums = new double[perDay];
        double[] weights = new double[perDay];
        double weight = 1;
        int used = 0;
        for (int d = day - 1; d >= first && used < SHAPE_DAYS; d--) {
            boolean same = !seen || Kind.of(history.patternWeekday(dayStarts[d])) == kind;
            if (!same || !(dayLevels[d] > 0)) {
                continue;
            }
            for (int t = dayStarts[d]; t < dayStarts[d + 1]; t++) {
                if (!Double.isNaN(history.rate(t))) {
                    sums[history.slots().slotOfDay(t)] += weight * history.rate(t) / dayLevels[d];
                    weights[history.slots().slotOfDay(t)] += weight;
                }
            }
            weight *= SHAPE_MEMORY;
            used++;
        }
        Arrays.setAll(sums, s -> sums[s] / weights[s]);
        return sums;
    }

    /** Whether a day before was known well enough. */
    boolean isKnown() {
        return !Double.isNaN(level);
    }

    /** Mean rate of a day without its weekday factor, req/s. */
    double level() {
        return level;
    }

    double weekdayFactor(int t) {
        return weekdayFactors[history.patternWeekday(t)];
    }

    /** {@code g[w] S[s]} of a step: its rate over the level; {@code NaN} where its slot was never seen. */
    double relativeRate(int t) {
        int weekday = history.patternWeekday(t);
        double[] shape = weekday >= FIRST_WEEKEND_DAY ? weekendShape : workingShape;
        return weekdayFactors[weekday] * shape[history.slots().slotOfDay(t)];
    }
}
