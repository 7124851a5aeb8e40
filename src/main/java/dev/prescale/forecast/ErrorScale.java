package dev.prescale.forecast;

import java.util.Arrays;

/**
 * How large errors are expected to be, so that errors of a busy hour speak for a quiet one: {@code scale = (f + c)^(1/4)
 * s[slot] v[origin]^.35}.
 *
 * <ul>
 *   <li>{@code f} is the forecast rate, {@code c} the offset of the history's logarithm.
 *   <li>{@code s}: mean absolute {@code (y - f) / (f + c)^(1/4)} of the targets at the same local time +- 1 h, drawn by 30 %
 *       to the mean of all.
 *   <li>{@code v}: mean over the 24 h before the origin of {@code |y - y one day before| / sqrt(mean of the two + c)}; ratios
 *       of two {@code v} stay in [1/4, 4].
 * </ul>
 */
final class ErrorScale {
    private static final int NEIGHBOUR_SECONDS = 3600;
    private static final double SHRINKAGE = 0.3;
    private static final double VOLATILITY_POWER = 0.35;
    private static final double LARGEST_RATIO = 4;

    private final LearningHistory history;
    private final double[] slotScales;
    /** Sums and counts of the daily changes of the steps before an index. */
    private final double[] changeBefore;

    private final int[] changesBefore;
    private final double volatilityNow;

    /**
     * @param origins past origins
     * @param errors {@code y - f} over {@code (f + c)^(1/4)} of shape [origin][step], NaN where not known
     */
    ErrorScale(LearningHistory history, HorizonGrid grid, int[] origins, double[][] errors) {
        this.history = history;
        this.slotScales = slotScales(history, grid, origins, errors);
        this.changeBefore = new double[history.size() + 1];
        this.changesBefore = new int[history.size() + 1];
        for (int t = 0; t < history.size(); t++) {
            int before = history.dayBefore(t);
            double change = before < 0 ? Double.NaN : change(history.rate(t), history.rate(before));
            boolean known = !Double.isNaN(change);
            changeBefore[t + 1] = changeBefore[t] + (known ? change : 0);
            changesBefore[t + 1] = changesBefore[t] + (known ? 1 : 0);
        }
        this.volatilityNow = volatility(history.size());
    }

    private double change(double rate, double before) {
        return Math.abs(rate - before) / Math.sqrt((rate + before) / 2 + history.offset());
    }

    private static double[] slotScales(LearningHistory history, HorizonGrid grid, int[] origins, double[][] errors) {
        int perDay = history.step().perDay();
        double[] sums = new double[perDay];
        int[] counts = new int[perDay];
        double sum = 0;
        int count = 0;
        for (int o = 0; o < origins.length; o++) {
            for (int h = 0; h < errors[o].length; h++) {
                double error = Math.abs(errors[o][h]);
                if (!Double.isNaN(error)) {
                    int slot = history.slots().slotOfDay(origins[o] + grid.horizon(h) - 1);
                    sums[slot] += error;
                    counts[slot]++;
                    sum += error;
                    count++;
                }
            }
        }
        double mean = count > 0 && sum > 0 ? sum / count : 1;
        return smoothedOverNeighbours(
                sums, counts, mean, NEIGHBOUR_SECONDS / history.step().seconds());
    }

    private static double[] smoothedOverNeighbours(double[] sums, int[] counts, double mean, int halfWidth) {
        int perDay = sums.length;
        double[] scales = new double[perDay];
        Arrays.fill(scales, mean);
        double sum = 0;
        int count = 0;
        for (int k = -halfWidth; k < halfWidth; k++) {
            sum += sums[Math.floorMod(k, perDay)];
            count += counts[Math.floorMod(k, perDay)];
        }
        for (int slot = 0; slot < perDay; slot++) {
            int entering = Math.floorMod(slot + halfWidth, perDay);
            sum += sums[entering];
            count += counts[entering];
            double own = count > 0 ? Math.max(sum, 0) / count : mean;
            scales[slot] = (1 - SHRINKAGE) * own + SHRINKAGE * mean;
            int leaving = Math.floorMod(slot - halfWidth, perDay);
            sum -= sums[leaving];
            count -= counts[leaving];
        }
        return scales;
    }

    private double volatility(int origin) {
        int first = Math.max(0, origin - history.step().perDay());
        int known = changesBefore[origin] - changesBefore[first];
        return known > 0 ? (changeBefore[origin] - changeBefore[first]) / known : Double.NaN;
    }

    /** {@code (f + c)^(1/4)}. */
    static double ofRate(double rate, double offset) {
        return Math.sqrt(Math.sqrt(rate + offset));
    }

    /** Scale of the error at a step to come, {@code target}, of a forecast of {@code rate} issued now. */
    double at(int target, double rate) {
        return ofRate(rate, history.offset()) * ofSlot(target);
    }

    /** {@code s} of the target's local time. */
    double ofSlot(int target) {
        return slotScales[history.slots().slotOfDay(target)];
    }

    /** {@code v[origin]^.35} over that of now, at which it is 1. */
    double ofOrigin(int origin) {
        double ratio = volatility(origin) / volatilityNow;
        if (!(ratio > 0) || ratio == Double.POSITIVE_INFINITY) {
            return 1;
        }
        return Math.pow(Math.clamp(ratio, 1 / LARGEST_RATIO, LARGEST_RATIO), VOLATILITY_POWER);
    }
}
