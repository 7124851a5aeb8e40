package dev.prescale.capacity;

import dev.prescale.series.Require;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Costs per request that were learned from samples.
 *
 * @param costs replica-seconds per request by model
 * @param errors replica-seconds by which each of them may be wrong (about 95 %)
 * @param errorBar the same for the requests of the samples taken together, as a fraction of their work
 * @param samples how many were used, outliers left out
 * @param from beginning of the first
 * @param to beginning of the last
 * @param version of the model, which changes with its data, its settings and its library
 * @param provenance where the model comes from, a sentence
 */
public record LearnedCosts(
        RequestCosts costs,
        RequestCosts errors,
        double errorBar,
        int samples,
        Instant from,
        Instant to,
        String version,
        String provenance) {
    public LearnedCosts {
        Require.that(
                errors.models().equals(costs.models()),
                "errors must be of the models %s, were of %s",
                costs.models(),
                errors.models());
        Require.that(
                errorBar >= 0 && errorBar < Double.POSITIVE_INFINITY,
                "errorBar must be finite and >= 0, was %s",
                errorBar);
        Require.that(samples > 0, "samples must be > 0, were %s", samples);
    }

    /**
     * What requests are planned to cost: each cost plus its error, and at least the cost times {@code 1 + leastBar}.
     *
     * @param leastBar fraction
     */
    public RequestCosts planned(double leastBar) {
        Map<String, Double> planned = new TreeMap<>();
        costs.busySeconds().forEach((model, cost) -> {
            double error = errors.busySeconds().getOrDefault(model, 0.0);
            planned.put(model, cost + Math.max(error, cost * leastBar));
        });
        return new RequestCosts(planned);
    }
}
