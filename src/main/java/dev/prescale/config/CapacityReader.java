package dev.prescale.config;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.LoadModel;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.capacity.RequestCosts;
import dev.prescale.capacity.WorkCapacity;
import dev.prescale.control.LoadSource;
import dev.prescale.control.TrafficSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code capacity}: what ready replicas sustain, by exactly one of four models. */
final class CapacityReader {
    private static final double DEFAULT_TARGET_UTILIZATION = 0.7;
    private static final int MOST_TAG_CHARACTERS = 250;
    private static final ValueType<String> TAG_TYPE = ValueTypes.text(MOST_TAG_CHARACTERS);
    private static final ValueType<Duration> SERVICE_TIME_TYPE =
            ValueTypes.duration(QueueingCapacity.LEAST_SERVICE_TIME, QueueingCapacity.MOST_SERVICE_TIME);
    private static final ValueType<Integer> CONCURRENCY_TYPE =
            ValueTypes.wholeNumber(1, QueueingCapacity.MOST_CONCURRENCY);

    private static final Key<Double> TARGET_UTILIZATION = Key.withDefault(
            "targetUtilization",
            ValueTypes.numberAbove(0, 1),
            DEFAULT_TARGET_UTILIZATION,
            "Share of what replicas sustain that target tracking plans to use.");
    private static final Key<Double> REQUEST_RATE = Key.required(
            "requestRate",
            ValueTypes.numberAbove(0, RatePerReplica.MOST_REQUEST_RATE),
            "Requests per second that one ready replica sustains at the service objective.");
    private static final SchemaKey.ObjectKey PER_REPLICA = new SchemaKey.ObjectKey(
            "perReplica", ObjectSchema.of(REQUEST_RATE, TARGET_UTILIZATION), false, "Capacity as a number.");

    private static final Key<Duration> SERVICE_TIME = Key.required(
            "serviceTime", SERVICE_TIME_TYPE, "Mean time that a request occupies a slot, without waiting.");
    private static final Key<Integer> CONCURRENCY = Key.withDefault(
            "concurrency", CONCURRENCY_TYPE, 1, "Slots of a replica: requests that it serves at the same time.");
    private static final Key<Duration> LATENCY_TARGET = Key.required(
            "latencyTarget",
            ValueTypes.duration(QueueingCapacity.LEAST_SERVICE_TIME, QueueingCapacity.MOST_LATENCY_TARGET),
            "Response time, waiting included, within which the quantile must be.");
    private static final Key<Double> LATENCY_QUANTILE = Key.withDefault(
            "latencyQuantile", ValueTypes.numberBetween(0, 1), 0.95, "Share of the requests that must be within it.");
    private static final SchemaKey.ObjectKey QUEUEING = new SchemaKey.ObjectKey(
            "queueing",
            ObjectSchema.of(SERVICE_TIME, CONCURRENCY, LATENCY_TARGET, LATENCY_QUANTILE, TARGET_UTILIZATION),
            false,
            "Capacity by a latency target: an M/M/c queue with replicas times concurrency slots.");

    private static final SchemaKey.ObjectKey UTILIZATION = new SchemaKey.ObjectKey(
            "utilization",
            ObjectSchema.of(TrafficReader.METRIC_INFLUX).needing(TrafficReader.METRIC_INFLUX),
            true,
            "Mean utilization of the ready replicas, as a fraction.");
    private static final SchemaKey.ListKey<String> LEARNED_MODELS = new SchemaKey.ListKey<>(
            "models",
            TAG_TYPE,
            RequestCosts.MOST_MODELS,
            "Tags of the models whose requests are told apart; where left out all requests count alike.");
    private static final ObjectRule.Checked DIFFERENT_TAGS = ObjectRule.at(
            LEARNED_MODELS,
            "!has(self.models) || self.models.all(one, self.models.exists_one(other, other == one))",
            "must be different tags");
    private static final SchemaKey.ObjectKey LEARNED = new SchemaKey.ObjectKey(
            "learned",
            ObjectSchema.of(UTILIZATION, LEARNED_MODELS, TARGET_UTILIZATION).where(DIFFERENT_TAGS),
            false,
            "Busy replica-seconds per request, learned from utilization times ready replicas.");

    private static final Key<String> TAG =
            Key.required("tag", TAG_TYPE, "Value that the tag modelTag of the traffic has for this model.");
    private static final SchemaKey.ObjectListKey MODELS = new SchemaKey.ObjectListKey(
            "models",
            ObjectSchema.of(TAG, SERVICE_TIME, CONCURRENCY),
            RequestCosts.MOST_MODELS,
            "Several models on one endpoint: a request costs serviceTime / concurrency of a replica.");
    private static final String DEFAULT_MODEL_TAG = "model";
    private static final Key<String> MODEL_TAG = Key.optional(
            "modelTag",
            TAG_TYPE,
            "Tag of the traffic that tells models apart; where left out `%s`. With models and learned.models only."
                    .formatted(DEFAULT_MODEL_TAG));
    private static final Key<Double> MODELS_UTILIZATION = Key.optional(
            TARGET_UTILIZATION.name(),
            TARGET_UTILIZATION.type(),
            "As inside of the others, for models only, which is a list; where left out %s."
                    .formatted(DEFAULT_TARGET_UTILIZATION));
    private static final List<SchemaKey> KINDS = List.of(PER_REPLICA, QUEUEING, LEARNED, MODELS);
    private static final ObjectRule.Checked ONE_KIND = ObjectRule.exactlyOneOf(
            "must have exactly one of perReplica, queueing, learned and models",
            PER_REPLICA,
            QUEUEING,
            LEARNED,
            MODELS);
    private static final ObjectRule.Checked SOME_MODEL =
            ObjectRule.at(MODELS, "!has(self.models) || self.models.size() > 0", "must have at least one model");
    private static final ObjectRule.Checked ONE_TAG_EACH =
            ObjectRule.different(MODELS, TAG, "must be the tag of one model only");
    private static final ObjectRule.Checked UTILIZATION_OF_MODELS = ObjectRule.at(
            MODELS_UTILIZATION,
            "!has(self.targetUtilization) || has(self.models)",
            "belongs to models; perReplica, queueing and learned have their own");
    private static final String IS_SPLIT =
            "(has(%1$s.models) || (has(%1$s.learned) && has(%1$s.learned.models) && %1$s.learned.models.size() > 0))";
    private static final ObjectRule.Checked TAG_OF_MODELS = ObjectRule.at(
            MODEL_TAG,
            "!has(self.modelTag) || " + IS_SPLIT.formatted("self"),
            "has a meaning with models and learned.models only");
    static final SchemaKey.ObjectKey CAPACITY = new SchemaKey.ObjectKey(
            "capacity",
            ObjectSchema.of(PER_REPLICA, QUEUEING, LEARNED, MODELS, MODEL_TAG, MODELS_UTILIZATION)
                    .where(ONE_KIND, SOME_MODEL, ONE_TAG_EACH, UTILIZATION_OF_MODELS, TAG_OF_MODELS),
            true,
            "Request rate to replicas, by exactly one of perReplica, queueing, learned and models.");
    static final ObjectRule.Checked TRAFFIC_WITH_TAGS = ObjectRule.at(
            CAPACITY,
            "!%s || !has(self.traffic.influx.query)".formatted(IS_SPLIT.formatted("self.capacity")),
            "tells models apart by a tag of the traffic, which must not be a query of its own");

    private CapacityReader() {}

    /**
     * A capacity and what its load is made of.
     *
     * @param reader of {@code capacity}
     * @param tags of the models that are told apart, empty where none are
     * @param utilization reader of {@code learned.utilization}, null where costs are not learned
     */
    record Read(
            ObjectReader reader,
            CapacityModel model,
            LoadModel load,
            String modelTag,
            List<String> tags,
            @Nullable ObjectReader utilization) {
        /** Where the parts of the load are read, given where the traffic as a whole is. */
        LoadSource source(TrafficSource traffic) {
            Map<String, TrafficSource> byModel = new LinkedHashMap<>();
            for (String model : tags) {
                byModel.put(model, traffic.query() == null ? traffic.withTag(modelTag, model) : traffic);
            }
            if (!tags.isEmpty()) {
                refuseTrafficThatCannotBeSplit(traffic);
            } else if (load instanceof LoadModel.Learned) {
                byModel.put(LoadModel.Learned.ALL_REQUESTS, traffic);
            }
            return new LoadSource(
                    load, byModel, utilization == null ? null : TrafficReader.readMetric(utilization, traffic.step()));
        }

        private void refuseTrafficThatCannotBeSplit(TrafficSource traffic) {
            if (traffic.query() != null) {
                reader.refuse(TRAFFIC_WITH_TAGS.message());
            } else if (traffic.tags().containsKey(modelTag)) {
                reader.refuse(
                        MODEL_TAG,
                        "must be another tag than those that traffic.influx.tags fix, which are "
                                + String.join(", ", traffic.tags().keySet()));
            }
        }
    }

    private static final LoadModel.Learned ALL_ALIKE = new LoadModel.Learned(List.of(LoadModel.Learned.ALL_REQUESTS));

    static Read read(ObjectReader spec) {
        ObjectReader capacity = spec.object(CAPACITY);
        List<SchemaKey> given = KINDS.stream().filter(capacity::has).toList();
        if (spec.has(CAPACITY) && given.size() != 1) {
            capacity.refuse(ONE_KIND.message());
        }
        Read read = new Read(capacity, new WorkCapacity(1), new LoadModel.Whole(), DEFAULT_MODEL_TAG, List.of(), null);
        for (SchemaKey kind : given) {
            read = kind == PER_REPLICA
                    ? perReplica(capacity)
                    : kind == QUEUEING ? queueing(capacity) : kind == LEARNED ? learned(capacity) : models(capacity);
        }
        refuseWhatHasNoMeaning(capacity, given, read);
        return read;
    }

    private static void refuseWhatHasNoMeaning(ObjectReader capacity, List<SchemaKey> given, Read read) {
        if (!given.contains(MODELS) && capacity.has(MODELS_UTILIZATION)) {
            capacity.refuse(MODELS_UTILIZATION, UTILIZATION_OF_MODELS.message());
        }
        if (!given.contains(MODELS) && read.tags().isEmpty() && capacity.has(MODEL_TAG)) {
            capacity.refuse(MODEL_TAG, TAG_OF_MODELS.message());
        }
    }

    private static Read perReplica(ObjectReader capacity) {
        ObjectReader perReplica = capacity.object(PER_REPLICA);
        CapacityModel model = new RatePerReplica(perReplica.get(REQUEST_RATE), perReplica.get(TARGET_UTILIZATION));
        return new Read(capacity, model, new LoadModel.Whole(), DEFAULT_MODEL_TAG, List.of(), null);
    }

    private static Read queueing(ObjectReader capacity) {
        ObjectReader queueing = capacity.object(QUEUEING);
        Duration serviceTime = queueing.find(SERVICE_TIME);
        Integer concurrency = queueing.find(CONCURRENCY);
        Duration target = queueing.find(LATENCY_TARGET);
        Double quantile = queueing.find(LATENCY_QUANTILE);
        double utilization = queueing.get(TARGET_UTILIZATION);
        CapacityModel model = new WorkCapacity(utilization);
        if (serviceTime != null && concurrency != null && target != null && quantile != null) {
            double least = QueueingCapacity.leastLatency(serviceTime, quantile);
            if (target.toMillis() / 1000.0 > least) {
                model = new QueueingCapacity(serviceTime, concurrency, target, quantile, utilization);
            } else {
                queueing.refuse(
                        LATENCY_TARGET,
                        "must be above %dms: with a serviceTime of %s even idle replicas need that long at quantile %s"
                                .formatted(
                                        (long) Math.ceil(least * 1000),
                                        Durations.format(serviceTime),
                                        ValueTypes.plain(quantile)));
            }
        }
        return new Read(capacity, model, new LoadModel.Whole(), DEFAULT_MODEL_TAG, List.of(), null);
    }

    private static Read models(ObjectReader capacity) {
        Map<String, Double> costs = new LinkedHashMap<>();
        for (ObjectReader entry : capacity.objects(MODELS)) {
            String tag = entry.find(TAG);
            Duration serviceTime = entry.get(SERVICE_TIME);
            int concurrency = entry.get(CONCURRENCY);
            double cost = serviceTime.toMillis() / 1000.0 / concurrency;
            if (tag != null && costs.putIfAbsent(tag, cost) != null) {
                entry.refuse(TAG, ONE_TAG_EACH.message());
            }
        }
        if (costs.isEmpty()) {
            capacity.refuse(MODELS, SOME_MODEL.message());
            costs.put("-", 1.0);
        }
        Double utilization = capacity.find(MODELS_UTILIZATION);
        return new Read(
                capacity,
                new WorkCapacity(utilization == null ? DEFAULT_TARGET_UTILIZATION : utilization),
                new LoadModel.ByModel(new RequestCosts(costs)),
                modelTag(capacity),
                List.copyOf(costs.keySet()),
                null);
    }

    private static Read learned(ObjectReader capacity) {
        ObjectReader learned = capacity.object(LEARNED);
        ObjectReader utilization = learned.object(UTILIZATION);
        if (learned.has(UTILIZATION)) {
            utilization.requireNeeded();
        }
        List<String> tags = learned.list(LEARNED_MODELS);
        List<String> different = tags.stream().distinct().toList();
        if (different.size() < tags.size()) {
            learned.refuse(LEARNED_MODELS, DIFFERENT_TAGS.message());
        }
        return new Read(
                capacity,
                new WorkCapacity(learned.get(TARGET_UTILIZATION)),
                different.isEmpty() ? ALL_ALIKE : new LoadModel.Learned(different),
                modelTag(capacity),
                different,
                utilization);
    }

    private static String modelTag(ObjectReader capacity) {
        String tag = capacity.find(MODEL_TAG);
        return tag == null ? DEFAULT_MODEL_TAG : tag;
    }
}
