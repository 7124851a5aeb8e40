package dev.prescale.forecast;

import dev.prescale.series.Require;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How the traffic of an endpoint departs from its week on holidays, learned from the past ones. In logarithms
 * {@code z = ln(y + c)}, at local hour {@code h} of a holiday:
 *
 * <pre>
 *   base(h) = (1 - w) ordinary(h) + w sunday(h) + effect(h)
 *
 *   w         = w0 + n/(n + 3) (w' - w0), in [0, 1], w0 = .7
 *   w'        = argmin sum |y - w x|  over holidays and hours, y = holiday - ordinary, x = sunday - ordinary
 *   effect(h) = n/(n + 3) (p + n/(n + 3) (m(h) - p)),  p = median of r, m(h) = median of r at h - 1 to h + 1
 *   r         = y - w x
 * </pre>
 *
 * with {@code n} holidays learned: without one, a holiday is 70 % a Sunday. What an ordinary day of the weekday and a Sunday
 * would have had is the caller's to say. The weights {@code n/(n + 3)} shrink towards what is known of more days, after
 * James and Stein (1961); the sums of absolute values keep a holiday that coincides with an incident from deciding.
 */
final class HolidayEffects {
    static final int HOURS = 24;

    /** What is assumed counts as many holidays as this. */
    private static final double PRIOR_HOLIDAYS = 3;

    private static final double PRIOR_SUNDAY_WEIGHT = 0.7;
    /** Five years of them where a country has a dozen. */
    private static final int MOST_HOLIDAYS = 60;

    private static final double LARGEST_EFFECT = Math.log(20);
    private static final int LEAST_HOURS = 6;
    private static final double[] MIDDLE = {0.5};

    /** Newest last, by local hour. */
    private final Deque<double[]> fromOrdinary = new ArrayDeque<>();

    private final Deque<double[]> sundayFromOrdinary = new ArrayDeque<>();
    private final double[] effects = new double[HOURS];
    private double sundayWeight = PRIOR_SUNDAY_WEIGHT;

    /**
     * Learns a holiday that has passed.
     *
     * @param holiday mean {@code z} by local hour, {@code NaN} where unknown
     * @param ordinary what the weekday would have had
     * @param sunday what a Sunday would have had
     */
    void learn(double[] holiday, double[] ordinary, double[] sunday) {
        Require.that(
                holiday.length == HOURS && ordinary.length == HOURS && sunday.length == HOURS,
                "a day must have %s local hours",
                HOURS);
        double[] y = new double[HOURS];
        double[] x = new double[HOURS];
        int known = 0;
        for (int h = 0; h < HOURS; h++) {
            y[h] = holiday[h] - ordinary[h];
            x[h] = Double.isNaN(sunday[h]) ? 0 : sunday[h] - ordinary[h];
            known += Double.isNaN(y[h]) ? 0 : 1;
        }
        if (known < LEAST_HOURS) {
            return;
        }
        if (fromOrdinary.size() == MOST_HOLIDAYS) {
            fromOrdinary.removeFirst();
            sundayFromOrdinary.removeFirst();
        }
        fromOrdinary.addLast(y);
        sundayFromOrdinary.addLast(x);
        double[][] ys = fromOrdinary.toArray(double[][]::new);
        double[][] xs = sundayFromOrdinary.toArray(double[][]::new);
        double trust = ys.length / (ys.length + PRIOR_HOLIDAYS);
        double fitted = fittedWeight(ys, xs);
        sundayWeight = Math.clamp(PRIOR_SUNDAY_WEIGHT + trust * (fitted - PRIOR_SUNDAY_WEIGHT), 0, 1);
        fitEffects(ys, xs, trust);
    }

    /** The weighted median of {@code y / x} with weights {@code |x|}, which minimises {@code sum |y - w x|}. */
    private static double fittedWeight(double[][] ys, double[][] xs) {
        WeightedSample ratios = new WeightedSample();
        for (int d = 0; d < ys.length; d++) {
            for (int h = 0; h < HOURS; h++) {
                if (!Double.isNaN(ys[d][h]) && xs[d][h] != 0) {
                    ratios.add(ys[d][h] / xs[d][h], Math.abs(xs[d][h]));
                }
            }
        }
        return ratios.size() == 0 ? PRIOR_SUNDAY_WEIGHT : ratios.quantiles(MIDDLE)[0];
    }

    private void fitEffects(double[][] ys, double[][] xs, double trust) {
        double[] all = new double[ys.length * HOURS];
        int known = 0;
        for (int h = 0; h < HOURS; h++) {
            known = addResiduals(ys, xs, h, all, known);
        }
        double pooled = Quantiles.median(all, known);
        double[] near = new double[3 * ys.length];
        for (int h = 0; h < HOURS; h++) {
            int count = 0;
            for (int k = Math.max(0, h - 1); k <= Math.min(HOURS - 1, h + 1); k++) {
                count = addResiduals(ys, xs, k, near, count);
            }
            double own = count == 0 ? pooled : Quantiles.median(near, count);
            effects[h] = Math.clamp(trust * (pooled + trust * (own - pooled)), -LARGEST_EFFECT, LARGEST_EFFECT);
        }
    }

    private int addResiduals(double[][] ys, double[][] xs, int hour, double[] into, int from) {
        int count = from;
        for (int d = 0; d < ys.length; d++) {
            if (!Double.isNaN(ys[d][hour])) {
                into[count++] = ys[d][hour] - sundayWeight * xs[d][hour];
            }
        }
        return count;
    }

    /** Holidays learned from, at most the newest sixty. */
    int holidays() {
        return fromOrdinary.size();
    }

    /** {@code w}: how much of a Sunday a holiday is, 0 to 1. */
    double sundayWeight() {
        return sundayWeight;
    }

    /** What is added to the logarithm at a local hour, 0 to 23. */
    double logEffect(int localHour) {
        return effects[localHour];
    }

    /** The base of a holiday from those of an ordinary day of its weekday and of a Sunday; either may be {@code NaN}. */
    double base(double ordinary, double sunday, int localHour) {
        double known = Double.isNaN(ordinary) ? sunday : ordinary;
        double other = Double.isNaN(sunday) ? known : sunday;
        return known + sundayWeight * (other - known) + effects[localHour];
    }
}
