package dev.prescale.control;

import dev.prescale.capacity.LoadModel;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the load of an endpoint is made of and where its parts are read.
 *
 * @param byModel the request rate of each model by its tag, on the step of the traffic; empty where the load is the traffic as a
 *     whole
 * @param utilization mean utilization of the ready replicas as a fraction, where costs are learned; null elsewhere
 */
public record LoadSource(
        LoadModel model,
        Map<String, TrafficSource> byModel,
        @Nullable TrafficSource utilization) {
    public static final LoadSource TRAFFIC = new LoadSource(new LoadModel.Whole(), Map.of(), null);

    public LoadSource {
        byModel = java.util.Collections.unmodifiableMap(new TreeMap<>(byModel));
    }
}
