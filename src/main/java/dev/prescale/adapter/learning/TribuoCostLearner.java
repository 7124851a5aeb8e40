package dev.prescale.adapter.learning;

import dev.prescale.capacity.CostLearner;
import dev.prescale.capacity.CostSample;
import dev.prescale.capacity.LearnedCosts;
import dev.prescale.capacity.RequestCosts;
import dev.prescale.forecast.Quantiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tribuo.Tribuo;

/**
 * Costs per request by sparse, non-negative regression of busy replicas on the rates of the models, without an intercept:
 * {@code busy = sum of cost * rate}. What replicas do at rest is charged to the requests, which errs towards more replicas.
 *
 * <ol>
 *   <li>Fit; samples whose relative residual is beyond {@value #OUTLIER} robust standard deviations (median absolute
 *       deviation) are left out; fit again.
 *   <li>The error of a cost is its standard error by a jackknife over {@value #BLOCKS} blocks of consecutive samples, which
 *       holds where neighbors are alike (Künsch 1989), times {@value #TWO_SIDED_95}, plus what the penalty may have taken from it, and at
 *       least {@value #LEAST_ERROR} of the cost.
 *   <li>A model without a request in the samples is charged what the dearest one costs, until it has been seen.
 * </ol>
 *
 * Models whose rates keep one ratio share their cost: their sum is right as long as they keep it.
 */
public final class TribuoCostLearner implements CostLearner {
    static final double OUTLIER = 4;
    static final int BLOCKS = 8;

    /** Quantile of Student's t with 7 degrees of freedom. */
    static final double TWO_SIDED_95 = 2.365;

    static final double LEAST_ERROR = 0.02;
    private static final double NORMAL_PER_MAD = 1.4826;
    private static final int VERSION_DIGITS = 12;

    @Override
    public Outcome learn(List<String> models, List<CostSample> samples) {
        List<String> seen = models.stream()
                .filter(model -> samples.stream().anyMatch(sample -> rate(sample, model) > 0))
                .toList();
        if (seen.isEmpty() || samples.size() < BLOCKS) {
            return new Undetermined("there are too few samples with requests to tell what one costs");
        }
        SparseCosts first = SparseCosts.fit(seen, samples);
        List<CostSample> used = withoutOutliers(first, samples);
        SparseCosts fit = SparseCosts.fit(seen, used);
        if (!(fit.work(used) > 0)) {
            return new Undetermined("utilization does not rise with the requests");
        }
        Map<String, Double> errors = errors(fit, seen, used);
        double errorBar = errors.entrySet().stream()
                        .mapToDouble(error -> error.getValue() * mean(used, error.getKey()))
                        .sum()
                / fit.work(used);
        Map<String, Double> costs = new TreeMap<>(fit.costs());
        chargeUnseen(models, costs, errors);
        return new Learned(new LearnedCosts(
                new RequestCosts(costs),
                new RequestCosts(errors),
                errorBar,
                used.size(),
                used.getFirst().at(),
                used.getLast().at(),
                version(costs, used, fit.trainer()),
                "Tribuo %s, %s, %d of %d samples from %s to %s"
                        .formatted(
                                Tribuo.VERSION,
                                fit.trainer(),
                                used.size(),
                                samples.size(),
                                samples.getFirst().at(),
                                samples.getLast().at())));
    }

    private static List<CostSample> withoutOutliers(SparseCosts fit, List<CostSample> samples) {
        double typical = fit.work(samples);
        double[] residuals = samples.stream()
                .mapToDouble(sample -> {
                    double expected = fit.work(List.of(sample));
                    // Beside an idle sample a relative residual means nothing.
                    return (sample.busyReplicas() - expected) / (expected + 0.1 * typical);
                })
                .toArray();
        if (!(typical > 0)) {
            return samples;
        }
        double middle = Quantiles.median(residuals);
        double spread = NORMAL_PER_MAD
                * Quantiles.median(Arrays.stream(residuals)
                        .map(residual -> Math.abs(residual - middle))
                        .toArray());
        List<CostSample> kept = new ArrayList<>();
        for (int i = 0; i < residuals.length; i++) {
            if (Math.abs(residuals[i] - middle) <= OUTLIER * spread + 1e-9) {
                kept.add(samples.get(i));
            }
        }
        return kept.size() < BLOCKS ? samples : kept;
    }

    private static Map<String, Double> errors(SparseCosts fit, List<String> models, List<CostSample> samples) {
        double[] sums = new double[models.size()];
        double[] squares = new double[models.size()];
        for (int block = 0; block < BLOCKS; block++) {
            int from = block * samples.size() / BLOCKS;
            int to = (block + 1) * samples.size() / BLOCKS;
            List<CostSample> others = new ArrayList<>(samples.subList(0, from));
            others.addAll(samples.subList(to, samples.size()));
            SparseCosts without = SparseCosts.fit(models, others);
            for (int i = 0; i < sums.length; i++) {
                double cost = without.cost(models.get(i));
                sums[i] += cost;
                squares[i] += cost * cost;
            }
        }
        Map<String, Double> errors = new TreeMap<>();
        for (int i = 0; i < sums.length; i++) {
            String model = models.get(i);
            double deviations = Math.max(0, squares[i] - sums[i] * sums[i] / BLOCKS);
            double standardError = Math.sqrt(deviations * (BLOCKS - 1) / BLOCKS);
            double error = TWO_SIDED_95 * standardError + fit.takenByPenalty(model);
            errors.put(model, Math.max(error, LEAST_ERROR * fit.cost(model)));
        }
        return errors;
    }

    private static void chargeUnseen(List<String> models, Map<String, Double> costs, Map<String, Double> errors) {
        double dearest =
                costs.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        for (String model : models) {
            if (costs.putIfAbsent(model, dearest) == null) {
                errors.put(model, dearest);
            }
        }
    }

    private static String version(Map<String, Double> costs, List<CostSample> samples, String trainer) {
        MessageDigest digest = sha256();
        digest.update((Tribuo.VERSION + trainer + costs).getBytes(StandardCharsets.UTF_8));
        for (CostSample sample : samples) {
            String line = sample.at() + " " + new TreeMap<>(sample.rates()) + " " + sample.busyReplicas();
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }

    private static double mean(List<CostSample> samples, String model) {
        return samples.stream()
                .mapToDouble(sample -> rate(sample, model))
                .average()
                .orElse(0);
    }

    private static double rate(CostSample sample, String model) {
        return sample.rates().getOrDefault(model, 0.0);
    }
}
