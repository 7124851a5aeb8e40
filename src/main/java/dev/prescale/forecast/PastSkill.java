package dev.prescale.forecast;

import dev.prescale.forecast.Forecast.Skill;
import java.util.Arrays;
import java.util.List;

/**
 * Mean pinball loss at the default levels over what was issued, of the combination and of each naive. Per horizon bucket
 * both get the quantiles of their own errors on these origins, so that neither has an advantage. A naive that could not speak
 * at most of the origins is left out.
 */
final class PastSkill {
    private static final double[] LEVELS = QuantileLevels.DEFAULT.toArray();
    /** More cost time and change little. */
    private static final int MOST_ISSUES = 100;

    private static final int HORIZONS_APART = 2;
    private static final double LEAST_SHARE_ISSUED = 0.9;

    private final List<Issue> issues;
    private final HorizonGrid grid;
    private final HorizonBuckets buckets;

    private PastSkill(HorizonGrid grid, HorizonBuckets buckets, List<Issue> issues) {
        this.issues = issues;
        this.grid = grid;
        this.buckets = buckets;
    }

    static Skill of(HorizonGrid grid, HorizonBuckets buckets, List<Issue> issues, List<String> naives) {
        PastSkill past = new PastSkill(grid, buckets, issues);
        double[][] errors = past.errorsByBucket(Issue::error);
        int known = count(errors);
        String best = "";
        double least = Double.NaN;
        for (int n = 0; n < naives.size(); n++) {
            int naive = n;
            double[][] baseline = past.errorsByBucket((issue, g) -> issue.naiveError(naive, g));
            double loss = loss(baseline);
            if (count(baseline) >= LEAST_SHARE_ISSUED * known && !(loss >= least)) {
                best = naives.get(n);
                least = loss;
            }
        }
        return new Skill(loss(errors), best, least);
    }

    private interface ToError {
        double of(Issue issue, int position);
    }

    private double[][] errorsByBucket(ToError errorOf) {
        double[][] errors = new double[HorizonBuckets.COUNT][issues.size() * grid.size()];
        int[] counts = new int[HorizonBuckets.COUNT];
        int apart = Math.ceilDiv(issues.size(), MOST_ISSUES);
        for (int o = issues.size() - 1; o >= 0; o -= apart) {
            Issue issue = issues.get(o);
            for (int g = grid.size() - 1; g >= 0; g -= HORIZONS_APART) {
                double error = errorOf.of(issue, g);
                if (!Double.isNaN(error)) {
                    int bucket = buckets.bucketOf(grid.horizon(g));
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
