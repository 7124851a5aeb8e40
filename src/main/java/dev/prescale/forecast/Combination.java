package dev.prescale.forecast;

import dev.prescale.forecast.Forecast.MemberWeight;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Members weighted by the errors of what they issued. In each horizon bucket, with {@code e} the mean absolute error, weighted
 * {@code exp(-age / 4 d)} and drawn to a prior that counts as much as four days: {@code weight ~ exp(-3 (e / e_best - 1))}, 0
 * above 2 {@code e_best}. The combined rate is the weighted mean between the 10 % and the 90 % points of the members' rates in
 * order, which a single odd member cannot spoil. The idea is Bates and Granger's (1969); constants as measured in
 * docs/decisions.
 */
final class Combination {
    private static final double TEMPERATURE = 3;
    private static final double FAR_BEHIND = 2;
    private static final double MEMORY_DAYS = 4;
    private static final double TRIM = 0.1;
    private static final double PRIOR_DAYS = 4;
    /** What is known counts more and more instead of fading; from here on all is made smaller by this power of two. */
    private static final double LARGEST_WEIGHT = 0x1p40;

    private final List<Member> members;
    private final MemberPriors[] priors;
    private final HorizonBuckets buckets;
    private final double growth;
    private double now = 1;
    /** [bucket][member]. */
    private final double[][] errors;

    private final double[][] days;
    /** Of the last forecast; these four would otherwise be made anew with each. */
    private final double[][] latestWeights;

    private final double[] sortedRates;
    private final double[] sortedWeights;
    private final double[] blended;

    Combination(List<Member> members, HorizonBuckets buckets) {
        this.members = members;
        this.buckets = buckets;
        this.priors = new MemberPriors[members.size()];
        Arrays.setAll(priors, i -> MemberPriors.of(members.get(i).name()));
        this.errors = new double[HorizonBuckets.COUNT][members.size()];
        this.days = new double[HorizonBuckets.COUNT][members.size()];
        this.latestWeights = new double[HorizonBuckets.COUNT][members.size()];
        this.sortedRates = new double[members.size()];
        this.sortedWeights = new double[members.size()];
        this.blended = new double[members.size()];
        this.growth = Math.exp(1 / (MEMORY_DAYS * buckets.step().perDay()));
    }

    /** A step has passed: what is known already counts for less. */
    void age() {
        now *= growth;
        if (now > LARGEST_WEIGHT) {
            now /= LARGEST_WEIGHT;
            for (int b = 0; b < HorizonBuckets.COUNT; b++) {
                for (int i = 0; i < members.size(); i++) {
                    errors[b][i] /= LARGEST_WEIGHT;
                    days[b][i] /= LARGEST_WEIGHT;
                }
            }
        }
    }

    /** Takes in what members said of a step that has passed. */
    void settle(int horizon, double rate, Issue issue, int position) {
        int b = buckets.bucketOf(horizon);
        double weight = now * issue.days();
        for (int i = 0; i < members.size(); i++) {
            double error = Math.abs(rate - issue.byMember(i, position));
            if (!Double.isNaN(error)) {
                errors[b][i] += weight * error;
                days[b][i] += weight;
            }
        }
    }

    /** Writes errors under the names of the members. */
    void writeTo(DataOutput out) throws IOException {
        out.writeInt(members.size());
        for (Member member : members) {
            out.writeUTF(member.name());
        }
        for (int b = 0; b < HorizonBuckets.COUNT; b++) {
            DoubleArrays.write(errors[b], members.size(), out);
            DoubleArrays.write(days[b], members.size(), out);
        }
        out.writeDouble(now);
    }

    /** @throws IOException where what was written is of other members */
    void read(DataInput in) throws IOException {
        boolean same = in.readInt() == members.size();
        for (int i = 0; same && i < members.size(); i++) {
            same = in.readUTF().equals(members.get(i).name());
        }
        if (!same) {
            throw new IOException("the members are others");
        }
        for (int b = 0; b < HorizonBuckets.COUNT; b++) {
            DoubleArrays.read(errors[b], in);
            DoubleArrays.read(days[b], in);
        }
        now = in.readDouble();
    }

    /**
     * Weights of shape [bucket][member]; those of a bucket add up to 1. Overwritten by the next call.
     *
     * @param speaks by member
     */
    double[][] weights(boolean[] speaks) {
        for (int b = 0; b < latestWeights.length; b++) {
            weigh(b, speaks, latestWeights[b]);
        }
        return latestWeights;
    }

    private void weigh(int bucket, boolean[] speaks, double[] e) {
        double best = bestError(bucket, speaks);
        double prior = PRIOR_DAYS * now;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < e.length; i++) {
            e[i] = (errors[bucket][i] + prior * priors[i].in(bucket) * best) / (days[bucket][i] + prior);
            least = speaks[i] ? Math.min(least, e[i]) : least;
        }
        double sum = 0;
        for (int i = 0; i < e.length; i++) {
            double behind = e[i] > least ? e[i] / least : 1;
            e[i] = speaks[i] && behind <= FAR_BEHIND ? Math.exp(-TEMPERATURE * (behind - 1)) : 0;
            sum += e[i];
        }
        for (int i = 0; i < e.length; i++) {
            e[i] /= sum;
        }
    }

    /** The least mean error of a member that speaks; 1, which only priors are in proportion to, while none is known. */
    private double bestError(int bucket, boolean[] speaks) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < speaks.length; i++) {
            if (speaks[i] && days[bucket][i] > 0) {
                best = Math.min(best, errors[bucket][i] / days[bucket][i]);
            }
        }
        return best == Double.POSITIVE_INFINITY ? 1 : best;
    }

    /** Members that count, averaged over the horizon. */
    List<MemberWeight> meanWeights(double[][] weights, int horizonSteps) {
        double[] mean = new double[members.size()];
        for (int h = 1; h <= horizonSteps; h++) {
            blend(weights, h, blended);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += blended[i] / horizonSteps;
            }
        }
        List<MemberWeight> named = new ArrayList<>();
        for (int i = 0; i < mean.length; i++) {
            if (mean[i] > 0) {
                named.add(new MemberWeight(members.get(i).name(), mean[i]));
            }
        }
        return named;
    }

    private void blend(double[][] weights, int horizon, double[] into) {
        double position = buckets.positionOf(horizon);
        int low = (int) position;
        int high = Math.min(low + 1, HorizonBuckets.COUNT - 1);
        for (int i = 0; i < into.length; i++) {
            into[i] = weights[low][i] + (position - low) * (weights[high][i] - weights[low][i]);
        }
    }

    /** Combined rates; {@code NaN} where no member that counts has anything to say. */
    void combine(double[][] byBucket, int[] horizons, double[][] byMember, double[] rates) {
        for (int k = 0; k < horizons.length; k++) {
            blend(byBucket, horizons[k], blended);
            int count = 0;
            for (int i = 0; i < byMember.length; i++) {
                if (blended[i] > 0 && !Double.isNaN(byMember[i][k])) {
                    insert(sortedRates, sortedWeights, count++, byMember[i][k], blended[i]);
                }
            }
            rates[k] = trimmedMean(sortedRates, sortedWeights, count);
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
