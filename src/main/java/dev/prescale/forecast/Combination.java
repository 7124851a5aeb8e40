package dev.prescale.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * Members weighted by their past errors. In each horizon bucket, with {@code e} the mean absolute error of the forecasts
 * from past origins, weighted {@code exp(-age / 4 d)}: {@code weight ~ exp(-3 (e / e_best - 1))}, 0 above 2 {@code e_best}. The
 * combined rate is the weighted mean between the 25 % and the 75 % points of the members' rates in order, which a single
 * odd member cannot spoil. Temperature and trimming as measured in docs/decisions; the idea is Bates and Granger's (1969).
 * A history of a few days has fixed weights beyond the first hour ({@link ColdStart}).
 */
final class Combination {
    private static final double TEMPERATURE = 3;
    private static final double FAR_BEHIND = 2;
    private static final double MEMORY_DAYS = 4;
    private static final double TRIM = 0.25;

    private final List<Member> members;
    private final HorizonBuckets buckets;
    /** [bucket][member], each bucket adds up to 1. */
    private final double[][] weights;

    private Combination(List<Member> members, HorizonBuckets buckets, double[][] weights) {
        this.members = members;
        this.buckets = buckets;
        this.weights = weights;
    }

    /**
     * Weighs the members by their forecasts from these origins.
     *
     * @param members all of which speak at the end of the history
     * @param origins past origins, newest first; none where the history is too short
     */
    static Combination judgedAt(List<Member> members, LearningHistory history, int[] origins, int horizonSteps) {
        HorizonBuckets buckets = new HorizonBuckets(history.step());
        double[][] errors = new double[HorizonBuckets.COUNT][members.size()];
        double[][] counts = new double[HorizonBuckets.COUNT][members.size()];
        int[] bucketOf = new int[horizonSteps];
        Arrays.setAll(bucketOf, buckets::bucketOf);
        for (int origin : origins) {
            double recency = Math.exp(
                    -(history.size() - origin) / (MEMORY_DAYS * history.step().perDay()));
            double[] rates = new double[Math.min(horizonSteps, history.size() - origin)];
            for (int i = 0; i < members.size(); i++) {
                if (!members.get(i).speaksAt(origin)) {
                    continue;
                }
                members.get(i).forecast(origin, rates);
                for (int h = 0; h < rates.length; h++) {
                    double error = Math.abs(history.rate(origin + h) - rates[h]);
                    if (!Double.isNaN(error)) {
                        errors[bucketOf[h]][i] += recency * error;
                        counts[bucketOf[h]][i] += recency;
                    }
                }
            }
        }
        double[][] weights = new double[HorizonBuckets.COUNT][];
        for (int b = 0; b < HorizonBuckets.COUNT; b++) {
            weights[b] = weights(errors[b], counts[b], b == 0 ? uniform(members.size()) : weights[b - 1]);
        }
        if (ColdStart.isIn(history)) {
            for (int b = 0; b < HorizonBuckets.COUNT; b++) {
                weights[b] = ColdStart.weights(members, b, weights[b]);
            }
        }
        return new Combination(List.copyOf(members), buckets, weights);
    }

    private static double[] uniform(int count) {
        double[] weights = new double[count];
        Arrays.fill(weights, 1.0 / count);
        return weights;
    }

    /** @param unjudged weights where no member has a past forecast to be judged by */
    private static double[] weights(double[] errors, double[] counts, double[] unjudged) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < errors.length; i++) {
            if (counts[i] > 0) {
                best = Math.min(best, errors[i] / counts[i]);
            }
        }
        if (best == Double.POSITIVE_INFINITY) {
            return unjudged;
        }
        double[] weights = new double[errors.length];
        double sum = 0;
        for (int i = 0; i < errors.length; i++) {
            double error = errors[i] / counts[i];
            double behind = error > best ? error / best : 1;
            weights[i] = counts[i] > 0 && behind <= FAR_BEHIND ? Math.exp(-TEMPERATURE * (behind - 1)) : 0;
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    List<Member> members() {
        return members;
    }

    /** Weight of each member, averaged over the horizon. */
    double[] meanWeights(int horizonSteps) {
        double[] mean = new double[members.size()];
        double[] weight = new double[members.size()];
        for (int h = 0; h < horizonSteps; h++) {
            blendWeights(buckets.positionOf(h), weight);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += weight[i] / horizonSteps;
            }
        }
        return mean;
    }

    private void blendWeights(double position, double[] into) {
        int low = (int) position;
        int high = Math.min(low + 1, HorizonBuckets.COUNT - 1);
        for (int i = 0; i < into.length; i++) {
            into[i] = weights[low][i] + (position - low) * (weights[high][i] - weights[low][i]);
        }
    }

    /**
     * Combined forecast of the steps from {@code origin} on.
     *
     * @param rates req/s, filled; {@code NaN} where no member that counts has anything to say
     */
    void forecast(int origin, double[] rates) {
        double[][] byMember = new double[members.size()][rates.length];
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).speaksAt(origin)) {
                members.get(i).forecast(origin, byMember[i]);
            } else {
                Arrays.fill(byMember[i], Double.NaN);
            }
        }
        double[] values = new double[members.size()];
        double[] weight = new double[members.size()];
        double[] blended = new double[members.size()];
        for (int h = 0; h < rates.length; h++) {
            blendWeights(buckets.positionOf(h), blended);
            int count = 0;
            for (int i = 0; i < byMember.length; i++) {
                if (!Double.isNaN(byMember[i][h]) && blended[i] > 0) {
                    insert(values, weight, count++, byMember[i][h], blended[i]);
                }
            }
            rates[h] = trimmedMean(values, weight, count);
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
