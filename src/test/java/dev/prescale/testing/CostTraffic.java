package dev.prescale.testing;

import dev.prescale.capacity.CostSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Traffic of several models whose costs are known, sampled every five minutes. */
public final class CostTraffic {
    public static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final Map<String, Double> costs = new LinkedHashMap<>();
    private final Map<String, Double> means = new LinkedHashMap<>();
    private final SplittableRandom chance;
    private double noise;
    private double outlierShare;
    private double ownVariation = 0.5;

    private CostTraffic(long seed) {
        this.chance = new SplittableRandom(seed);
    }

    public static CostTraffic seeded(long seed) {
        return new CostTraffic(seed);
    }

    /** A model with this cost in replica-seconds and a mean rate in req/s. */
    public CostTraffic model(String tag, double cost, double meanRate) {
        costs.put(tag, cost);
        means.put(tag, meanRate);
        return this;
    }

    /** Relative error of the utilization, uniform in plus or minus so much. */
    public CostTraffic noise(double relative) {
        noise = relative;
        return this;
    }

    /** Samples whose utilization is anything up to five times as high. */
    public CostTraffic outliers(double share) {
        outlierShare = share;
        return this;
    }

    /** How much each model varies on its own beside the common day curve; 0 keeps their ratio for ever. */
    public CostTraffic ownVariation(double relative) {
        ownVariation = relative;
        return this;
    }

    public double cost(String tag) {
        return costs.getOrDefault(tag, Double.NaN);
    }

    public List<String> models() {
        return List.copyOf(costs.keySet());
    }

    public List<CostSample> samples(int count) {
        List<CostSample> samples = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            samples.add(sample(k));
        }
        return samples;
    }

    private CostSample sample(int k) {
        double day = 1 + 0.6 * Math.sin(2 * Math.PI * k / 288);
        Map<String, Double> rates = new LinkedHashMap<>();
        double work = 0;
        for (String model : models()) {
            double rate = means.getOrDefault(model, 0.0) * day * (1 + ownVariation * chance.nextDouble(-1, 1));
            rates.put(model, rate);
            work += rate * cost(model);
        }
        double seen = work * (1 + noise * chance.nextDouble(-1, 1));
        if (chance.nextDouble() < outlierShare) {
            seen = work * chance.nextDouble(1.5, 5);
        }
        return new CostSample(START.plus(Duration.ofMinutes(5L * k)), rates, seen);
    }
}
