package dev.prescale.config;

import static dev.prescale.scaling.ScalingPolicy.ReplicaBounds.MOST_REPLICAS;

import dev.prescale.capacity.LoadModel;
import dev.prescale.capacity.RequestCosts;
import dev.prescale.scaling.Observation;
import dev.prescale.scaling.Observation.Phase;
import dev.prescale.scaling.Observation.PodReading;
import dev.prescale.scaling.RateReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Reads {@code observation}: what one control cycle sees of a workload. */
final class ObservationReader {
    private static final ValueType<Double> READING = ValueTypes.number(0, 1e15);
    private static final Key<Integer> CURRENT_REPLICAS =
            Key.required("currentReplicas", ValueTypes.wholeNumber(0, MOST_REPLICAS), "Replicas asked for (spec).");
    private static final Key<Integer> READY_REPLICAS = Key.optional(
            "readyReplicas", ValueTypes.wholeNumber(0, MOST_REPLICAS), "Replicas that serve; where left out all.");
    private static final Key<Double> REQUEST_RATE =
            Key.optional("requestRate", READING, "Requests per second; null or left out is missing, not 0.");
    private static final SchemaKey.MapKey<Double> MODEL_RATES = new SchemaKey.MapKey<>(
            "modelRates",
            READING,
            RequestCosts.MOST_MODELS,
            SchemaKey.NullEntries.SKIPPED,
            "With capacity.models in place of requestRate: requests per second by model tag; one that is null or left out"
                    + " makes the load missing.");
    private static final SchemaKey.MapKey<Double> METRICS = new SchemaKey.MapKey<>(
            "metrics", READING, 100, SchemaKey.NullEntries.SKIPPED, "Readings by metric; null or left out is missing.");
    private static final Key<Boolean> ROLLOUT_IN_PROGRESS = Key.withDefault(
            "rolloutInProgress", ValueTypes.BOOLEAN, false, "Whether a new version is being rolled out.");

    private static final Key<Boolean> READY = Key.withDefault("ready", ValueTypes.BOOLEAN, true, "Whether it serves.");
    private static final Key<Phase> PHASE = Key.withDefault(
            "phase", ValueTypes.oneOf(WireName::of, Phase.values()), Phase.RUNNING, "Phase as in Kubernetes.");
    private static final SchemaKey.MapKey<Double> USAGE = new SchemaKey.MapKey<>(
            "usage", READING, 20, SchemaKey.NullEntries.SKIPPED, "By resource, in the unit of request.");
    private static final SchemaKey.MapKey<Double> REQUEST =
            new SchemaKey.MapKey<>("request", READING, 20, SchemaKey.NullEntries.SKIPPED, "By resource.");
    private static final Key<Boolean> INITIALIZING = Key.withDefault(
            "initializing",
            ValueTypes.BOOLEAN,
            false,
            "Within the initialization period without a sample that counts.");
    private static final Key<Boolean> DELETED =
            Key.withDefault("deleted", ValueTypes.BOOLEAN, false, "Whether it is being removed.");
    private static final SchemaKey.ObjectListKey PODS = new SchemaKey.ObjectListKey(
            "pods",
            ObjectSchema.of(READY, PHASE, USAGE, REQUEST, INITIALIZING, DELETED),
            10_000,
            "Readings by pod for resource metrics.");
    static final SchemaKey.ObjectKey OBSERVATION = new SchemaKey.ObjectKey(
            "observation",
            ObjectSchema.of(
                    CURRENT_REPLICAS, READY_REPLICAS, REQUEST_RATE, MODEL_RATES, METRICS, PODS, ROLLOUT_IN_PROGRESS),
            true,
            "What the cycle sees.");

    private ObservationReader() {}

    /** @param load what the load of the specification is made of */
    static Observation read(ObjectReader body, LoadModel load) {
        ObjectReader reader = body.object(OBSERVATION);
        int current = reader.get(CURRENT_REPLICAS);
        Integer ready = reader.find(READY_REPLICAS);
        RateReading rate = load(reader, load);
        Map<String, RateReading> metrics = new LinkedHashMap<>();
        reader.map(METRICS).forEach((name, value) -> metrics.put(name, new RateReading.Known(value)));
        List<PodReading> pods = new ArrayList<>();
        for (ObjectReader pod : reader.objects(PODS)) {
            pods.add(new PodReading(
                    pod.get(READY),
                    pod.get(PHASE),
                    pod.map(USAGE),
                    pod.map(REQUEST),
                    pod.get(INITIALIZING),
                    pod.get(DELETED)));
        }
        return new Observation(
                current,
                ready == null ? current : ready,
                rate,
                metrics,
                pods,
                reader.get(ROLLOUT_IN_PROGRESS),
                Observation.Pause.NONE);
    }

    /** The present load in the unit of the capacity. */
    private static RateReading load(ObjectReader reader, LoadModel load) {
        Double rate = reader.find(REQUEST_RATE);
        Map<String, Double> rates = reader.map(MODEL_RATES);
        if (!(load instanceof LoadModel.ByModel byModel)) {
            if (reader.has(MODEL_RATES)) {
                reader.refuse(MODEL_RATES, "has a meaning with capacity.models only");
            }
            return rate == null ? new RateReading.NoData() : new RateReading.Known(rate);
        }
        if (reader.has(REQUEST_RATE)) {
            reader.refuse(REQUEST_RATE, "must be modelRates with capacity.models");
        }
        List<String> models = byModel.costs().models();
        for (String model : rates.keySet()) {
            if (!models.contains(model)) {
                reader.refuse(MODEL_RATES, "must be of capacity.models, which are " + String.join(", ", models));
            }
        }
        OptionalDouble work = byModel.costs().work(rates);
        return work.isPresent()
                ? new RateReading.Known(work.getAsDouble())
                : new RateReading.NoData("the rate of a model is missing");
    }
}
