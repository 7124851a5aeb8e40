package dev.prescale.capacity;

import dev.prescale.series.Require;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How long a request of each model keeps a replica busy.
 *
 * @param busySeconds replica-seconds per request by model tag, finite and not negative
 */
public record RequestCosts(Map<String, Double> busySeconds) {
    public static final int MOST_MODELS = 50;

    public RequestCosts {
        busySeconds = Collections.unmodifiableMap(new TreeMap<>(busySeconds));
        Require.that(
                !busySeconds.isEmpty() && busySeconds.size() <= MOST_MODELS,
                "there must be 1 to %s models, were %s",
                MOST_MODELS,
                busySeconds.size());
        busySeconds.forEach((model, cost) -> Require.that(
                cost >= 0 && cost < Double.POSITIVE_INFINITY,
                "cost of %s must be finite and >= 0 replica-seconds per request, was %s",
                model,
                cost));
    }

    /**
     * Busy replicas that the requests make: the sum of rate times cost. Empty where the rate of a model is not known: a
     * missing rate is not zero, and the sum of the others would be too small.
     *
     * @param rates req/s by model tag; tags that have no cost here are not counted
     */
    public OptionalDouble work(Map<String, Double> rates) {
        double work = 0;
        for (Map.Entry<String, Double> cost : busySeconds.entrySet()) {
            Double rate = rates.get(cost.getKey());
            if (rate == null) {
                return OptionalDouble.empty();
            }
            Require.that(
                    rate >= 0 && rate < Double.POSITIVE_INFINITY,
                    "rate of %s must be finite and >= 0 req/s, was %s",
                    cost.getKey(),
                    rate);
            work += rate * cost.getValue();
        }
        return OptionalDouble.of(work);
    }

    /** The models, in order of their tags. */
    public List<String> models() {
        return List.copyOf(busySeconds.keySet());
    }

    /** All costs times a factor. */
    public RequestCosts times(double factor) {
        Map<String, Double> scaled = new TreeMap<>();
        busySeconds.forEach((model, cost) -> scaled.put(model, cost * factor));
        return new RequestCosts(scaled);
    }
}
