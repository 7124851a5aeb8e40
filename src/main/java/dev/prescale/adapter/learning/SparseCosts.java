package dev.prescale.adapter.learning;

import com.oracle.labs.mlrg.olcut.util.Pair;
import dev.prescale.capacity.CostSample;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.MutableDataset;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.slm.ElasticNetCDTrainer;

/**
 * Costs that are not negative, by Tribuo's elastic net (coordinate descent). Models whose weight comes out negative are left out and
 * the others fitted again until none is.
 *
 * <p>Rates and work are scaled to a root mean square of 1, so that one penalty fits every endpoint. Every sample is given a second
 * time with all signs turned: rates and work then have a mean of 0, and the intercept that Tribuo would fit is none.
 */
final class SparseCosts {
    /** Small beside a weight of 1: it decides between models that explain the same, and little else. */
    private static final double PENALTY = 1e-3;

    /** The second half of the penalty shares a cost among models whose rates are alike. */
    private static final double L1_RATIO = 0.5;

    private static final double TOLERANCE = 1e-6;
    private static final int MOST_ITERATIONS = 5_000;
    private static final String WORK = "work";

    /** Says for every fit after how many iterations it ended. Held here, because a logger that nobody holds forgets its level. */
    private static final Logger TRIBUO = Logger.getLogger(ElasticNetCDTrainer.class.getName());

    static {
        TRIBUO.setLevel(Level.WARNING);
    }

    private final Map<String, Double> costs;
    private final Map<String, Double> taken;

    private SparseCosts(Map<String, Double> costs, Map<String, Double> taken) {
        this.costs = costs;
        this.taken = taken;
    }

    /** @param models each with a request in some sample */
    static SparseCosts fit(List<String> models, List<CostSample> samples) {
        double workScale = rootMeanSquare(
                samples.stream().mapToDouble(CostSample::busyReplicas).toArray());
        Map<String, Double> scales = new TreeMap<>();
        for (String model : models) {
            scales.put(
                    model,
                    rootMeanSquare(samples.stream()
                            .mapToDouble(sample -> rate(sample, model))
                            .toArray()));
        }
        List<String> left = new ArrayList<>(models.stream()
                .filter(model -> scales.getOrDefault(model, 0.0) > 0)
                .toList());
        Map<String, Double> weights = new TreeMap<>();
        while (!left.isEmpty() && workScale > 0) {
            weights = weights(left, scales, workScale, samples);
            Map<String, Double> fitted = weights;
            if (!left.removeIf(model -> fitted.getOrDefault(model, 0.0) < 0)) {
                break;
            }
            weights = new TreeMap<>();
        }
        Map<String, Double> costs = new TreeMap<>();
        Map<String, Double> taken = new TreeMap<>();
        for (String model : models) {
            double scale = scales.getOrDefault(model, 0.0);
            double unit = scale > 0 ? workScale / scale : 0;
            double weight = weights.getOrDefault(model, 0.0);
            costs.put(model, weight * unit);
            taken.put(model, PENALTY * (L1_RATIO + (1 - L1_RATIO) * weight) * unit);
        }
        return new SparseCosts(costs, taken);
    }

    private static Map<String, Double> weights(
            List<String> models, Map<String, Double> scales, double workScale, List<CostSample> samples) {
        RegressionFactory factory = new RegressionFactory();
        MutableDataset<Regressor> rows = new MutableDataset<>(
                new SimpleDataSourceProvenance(
                        "cost samples", samples.getFirst().at().atOffset(ZoneOffset.UTC), factory),
                factory);
        String[] names = models.toArray(String[]::new);
        for (CostSample sample : samples) {
            for (int sign = -1; sign <= 1; sign += 2) {
                double[] rates = new double[names.length];
                for (int i = 0; i < names.length; i++) {
                    rates[i] = sign * rate(sample, names[i]) / scales.getOrDefault(names[i], 1.0);
                }
                Regressor work = new Regressor(WORK, sign * sample.busyReplicas() / workScale);
                rows.add(new ArrayExample<>(work, names, rates));
            }
        }
        Map<String, Double> weights = new TreeMap<>();
        for (Pair<String, Double> weight :
                newTrainer().train(rows).getTopFeatures(-1).getOrDefault(WORK, List.of())) {
            weights.put(weight.getA(), weight.getB());
        }
        return weights;
    }

    private static ElasticNetCDTrainer newTrainer() {
        return new ElasticNetCDTrainer(PENALTY, L1_RATIO, TOLERANCE, MOST_ITERATIONS, false, 1);
    }

    /** The trainer with its settings. */
    String trainer() {
        return newTrainer().toString();
    }

    Map<String, Double> costs() {
        return costs;
    }

    double cost(String model) {
        return costs.getOrDefault(model, 0.0);
    }

    /** Replica-seconds that the penalty may have taken from a cost; one below it would not have been noticed. */
    double takenByPenalty(String model) {
        return taken.getOrDefault(model, 0.0);
    }

    /** Busy replicas that the requests of these samples make at these costs, in the mean. */
    double work(List<CostSample> samples) {
        return samples.stream()
                .mapToDouble(sample -> costs.entrySet().stream()
                        .mapToDouble(cost -> cost.getValue() * rate(sample, cost.getKey()))
                        .sum())
                .average()
                .orElse(0);
    }

    private static double rate(CostSample sample, String model) {
        return sample.rates().getOrDefault(model, 0.0);
    }

    private static double rootMeanSquare(double[] values) {
        double squares = 0;
        for (double value : values) {
            squares += value * value;
        }
        return values.length == 0 ? 0 : Math.sqrt(squares / values.length);
    }
}
