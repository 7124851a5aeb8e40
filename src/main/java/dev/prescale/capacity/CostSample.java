package dev.prescale.capacity;

import dev.prescale.series.Require;
import java.time.Instant;
import java.util.Map;

/**
 * What a while of traffic kept busy, as means over the while.
 *
 * @param at its beginning
 * @param rates req/s of every model by its tag, finite and not negative
 * @param busyReplicas utilization times ready replicas, finite and not negative
 */
public record CostSample(Instant at, Map<String, Double> rates, double busyReplicas) {
    public CostSample {
        rates = Map.copyOf(rates);
        rates.forEach((model, rate) -> Require.that(
                rate >= 0 && rate < Double.POSITIVE_INFINITY,
                "rate of %s must be finite and >= 0 req/s, was %s",
                model,
                rate));
        Require.that(
                busyReplicas >= 0 && busyReplicas < Double.POSITIVE_INFINITY,
                "busyReplicas must be finite and >= 0, was %s",
                busyReplicas);
    }
}
