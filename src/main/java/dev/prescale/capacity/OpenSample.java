package dev.prescale.capacity;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sample that is being taken: sums of its readings. */
final class OpenSample {
    private final List<String> models;
    private final Instant at;
    private final double[] rates;
    private double busyReplicas;
    private int readings;

    /** @param at its beginning */
    OpenSample(List<String> models, Instant at) {
        this.models = models;
        this.at = at;
        this.rates = new double[models.size()];
    }

    Instant at() {
        return at;
    }

    boolean isEmpty() {
        return readings == 0;
    }

    void add(Map<String, Double> ratesByModel, double busy) {
        for (int i = 0; i < rates.length; i++) {
            rates[i] += ratesByModel.getOrDefault(models.get(i), 0.0);
        }
        busyReplicas += busy;
        readings++;
    }

    CostSample mean() {
        Map<String, Double> means = new HashMap<>();
        for (int i = 0; i < rates.length; i++) {
            means.put(models.get(i), rates[i] / readings);
        }
        return new CostSample(at, means, busyReplicas / readings);
    }
}
