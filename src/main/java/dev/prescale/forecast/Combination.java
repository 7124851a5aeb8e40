package dev.prescale.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * Members weighted by the errors of what they issued. In each horizon bucket, with {@code e} the mean absolute error,
 * weighted {@code exp(-age / 4 d)}: {@code weight ~ exp(-3 (e / e_best - 1))}, 0 above 2 {@code e_best}. The
 * combined rate is the weighted mean between the 25 % and the 75 % points of the members' rates in order, which a single
 * odd member cannot spoil. Temperature and trimming as measured in docs/decisions; the idea is Bates and Granger's (1969).
 */
final class Combination {
    private static final double TEMPERATURE = Double.parseDouble(System.getProperty("temp","3"));
    private static final double FAR_BEHIND = Double.parseDouble(System.getProperty("far","2"));
    private static final double MEMORY_DAYS = Double.parseDouble(System.getProperty("cmem","4"));
    private static final double TRIM = Double.parseDouble(System.getProperty("trim","0.1"));
    private static final double PRIOR_DAYS = Double.parseDouble(System.getProperty("prior","2"));

    private final List<Member> members;
    private final HorizonBuckets buckets;
    private final double[][] priors;
    private final double growth;
    private double now = 1;
    /** [bucket][member]. */
    private final double[][] errors;

    private final double[][] counts;

    Combination(List<Member> members, double[][] priors, HorizonBuckets buckets) {
        this.members = members;
        this.priors = priors;
        this.buckets = buckets;
        this.errors = new double[HorizonBuckets.COUNT][members.size()];
        this.counts = new double[HorizonBuckets.COUNT][members.size()];
        this.growth = Math.exp(1 / (MEMORY_DAYS * buckets.step().perDay()));
    }

    /** A step has passed: what is known already counts for less. */
    void age() {
        now *= growth;
    }

    /** Takes in what members said of a step that has passed. */
    void settle(int horizon, double rate, double[][] byMember, int position, double weight) {
        int b = buckets.bucketOf(horizon);
        for (int i = 0; i < byMember.length; i++) {
            double error = Math.abs(rate - byMember[i][position]);
            if (!Double.isNaN(error)) {
                errors[b][i] += now * weight * error;
                counts[b][i] += now * weight;
            }
        }
    }

    /** Weights per bucket and member; those of a bucket add up to 1. @param speaks by member */
    double[][] weights(boolean[] speaks) {
        double[][] weights = new double[HorizonBuckets.COUNT][members.size()];
        for (int b = 0; b < weights.length; b++) {
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < speaks.length; i++) {
                if (speaks[i] && counts[b][i] > 0) {
                    best = Math.min(best, errors[b][i] / counts[b][i]);
                }
            }
            if (best == Double.POSITIVE_INFINITY) {
                best = 1;
            }
            double least = Double.POSITIVE_INFINITY;
            double[] e = weights[b];
            for (int i = 0; i < speaks.length; i++) {
                double prior = PRIOR_DAYS * now;
                e[i] = (errors[b][i] + prior * priors[i][b == 0 ? 0 : 1] * best) / (counts[b][i] + prior);
                if (speaks[i]) {
                    least = Math.min(least, e[i]);
                }
            }
            double sum = 0;
            for (int i = 0; i < speaks.length; i++) {
                double behind = e[i] > least ? e[i] / least : 1;
                e[i] = speaks[i] && behind <= FAR_BEHIND ? Math.exp(-TEMPERATURE * (behind - 1)) : 0;
                sum += e[i];
            }
            for (int i = 0; i < speaks.length; i++) {
                e[i] /= sum;
            }
        }
        return weights;
    }

    void blend(double[][] weights, int horizon, double[] into) {
        double position = buckets.positionOf(horizon);
        int low = (int) position;
        int high = Math.min(low + 1, HorizonBuckets.COUNT - 1);
        for (int i = 0; i < into.length; i++) {
            into[i] = weights[low][i] + (position - low) * (weights[high][i] - weights[low][i]);
        }
    }

    /** Combined rates; {@code NaN} where no member that counts has anything to say. */
    void combine(double[][] weights, int[] horizons, double[][] byMember, double[] rates) {
        double[] values = new double[members.size()];
        double[] weight = new double[members.size()];
        double[] blended = new double[members.size()];
        for (int k = 0; k < horizons.length; k++) {
            blend(weights, horizons[k], blended);
            int count = 0;
            for (int i = 0; i < byMember.length; i++) {
                if (blended[i] > 0 && !Double.isNaN(byMember[i][k])) {
                    insert(values, weight, count++, byMember[i][k], blended[i]);
                }
            }
            rates[k] = trimmedMean(values, weight, count);
        }
    }

    private static void insert(double[] values, double[] weights, int count, double value, double weight) {
        int k = count;
        while (k > 0 && values[k - 1] > value) {
            values[k] = values[k - 1];
            weights[k] = weights[k - 1];
            k--;
        }
        values[k] = value;
        weights[k] = weight;
    }

    /** Weighted mean of the values between the shares {@code TRIM} and {@code 1 - TRIM} of the weight. */
    static double trimmedMean(double[] sorted, double[] weights, int count) {
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += weights[i];
        }
        double low = TRIM * total;
        double high = (1 - TRIM) * total;
        double sum = 0;
        double kept = 0;
        double before = 0;
        for (int i = 0; i < count; i++) {
            double inside = Math.min(before + weights[i], high) - Math.max(before, low);
            if (inside > 0) {
                sum += inside * sorted[i];
                kept += inside;
            }
            before += weights[i];
        }
        return sum / kept;
    }
}
