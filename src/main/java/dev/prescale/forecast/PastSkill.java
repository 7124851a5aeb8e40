package dev.prescale.forecast;

import dev.prescale.forecast.Forecast.Skill;
import java.util.Arrays;
import java.util.List;

/**
 * Mean pinball loss at the default levels over the past origins, of the combination and of each naive. Per horizon bucket
 * both get the quantiles of their own errors on these origins, so that neither has an advantage. A naive that could not speak
 * at most of the origins is left out.
 */
final class PastSkill {
    private static final List<String> BASELINES = List.of(LastValue.NAME, SeasonalNaive.DAY, SeasonalNaive.WEEK);
    private static final double[] LEVELS = QuantileLevels.DEFAULT.toArray();
    private static final int STEPS_PER_ORIGIN = 24;
    private static final double LEAST_SHARE_ISSUED = 0.9;

    private final LearningHistory history;
    private final int[] origins;
    private final HorizonBuckets buckets;

    private PastSkill(LearningHistory history, int[] origins) {
        this.history = history;
        this.origins = origins;
        this.buckets = new HorizonBuckets(history.step());
    }

    /** @param issued rates (req/s) of the combination, of shape [origin][step] */
    static Skill of(LearningHistory history, List<Member> members, int[] origins, double[][] issued) {
        PastSkill past = new PastSkill(history, origins);
        double[][] errors = past.errorsByBucket(issued);
        int known = count(errors);
        String best = "";
        double least = Double.NaN;
        for (Member member : members) {
            if (BASELINES.contains(member.name())) {
                double[][] baseline = past.errorsByBucket(past.issuedBy(member, issued));
                double loss = loss(baseline);
                if (count(baseline) >= LEAST_SHARE_ISSUED * known && !(loss >= least)) {
                    best = member.name();
                    least = loss;
                }
            }
        }
        return new Skill(loss(errors), best, least);
    }

    private double[][] issuedBy(Member member, double[][] like) {
        double[][] issued = new double[origins.length][];
        for (int o = 0; o < origins.length; o++) {
            issued[o] = new double[like[o].length];
            if (member.speaksAt(origins[o])) {
                member.forecast(origins[o], issued[o]);
            } else {
                Arrays.fill(issued[o], Double.NaN);
            }
        }
        return issued;
    }

    private double[][] errorsByBucket(double[][] issued) {
        double[][] errors = new double[HorizonBuckets.COUNT][origins.length * (STEPS_PER_ORIGIN + 1)];
        int[] counts = new int[HorizonBuckets.COUNT];
        for (int o = 0; o < origins.length; o++) {
            int stride = Math.ceilDiv(issued[o].length, STEPS_PER_ORIGIN);
            for (int h = 0; h < issued[o].length; h += stride) {
                double error = history.rate(origins[o] + h) - issued[o][h];
                if (!Double.isNaN(error)) {
                    int bucket = buckets.bucketOf(h);
                    errors[bucket][counts[bucket]++] = error;
                }
            }
        }
        Arrays.setAll(errors, b -> Arrays.copyOf(errors[b], counts[b]));
        return errors;
    }

    private static int count(double[][] errors) {
        return Arrays.stream(errors).mapToInt(bucket -> bucket.length).sum();
    }

    /** Mean over errors and levels of the pinball loss against the level's quantile of the same bucket; sorts the errors. */
    private static double loss(double[][] errors) {
        double sum = 0;
        for (double[] bucket : errors) {
            if (bucket.length == 0) {
                continue;
            }
            Arrays.sort(bucket);
            for (double level : LEVELS) {
                double quantile = Quantiles.ofSorted(bucket, level);
                for (double error : bucket) {
                    sum += Math.max(level * (error - quantile), (level - 1) * (error - quantile));
                }
            }
        }
        int count = count(errors);
        return count > 0 ? sum / (count * LEVELS.length) : Double.NaN;
    }
}
