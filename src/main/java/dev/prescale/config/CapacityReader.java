package dev.prescale.config;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.RatePerReplica;
import java.util.List;

/** Reads {@code capacity}: what one ready replica sustains. */
final class CapacityReader {
    private static final double DEFAULT_TARGET_UTILIZATION = 0.7;
    private static final Key<Double> REQUEST_RATE = Key.required(
            "requestRate",
            ValueTypes.numberAbove(0, RatePerReplica.MOST_REQUEST_RATE),
            "Requests per second that one ready replica sustains at the service objective.");
    private static final Key<Double> TARGET_UTILIZATION = Key.withDefault(
            "targetUtilization",
            ValueTypes.numberAbove(0, 1),
            DEFAULT_TARGET_UTILIZATION,
            "Share of it that target tracking plans to use.");
    private static final SchemaKey.ObjectKey PER_REPLICA = new SchemaKey.ObjectKey(
            "perReplica", ObjectSchema.of(REQUEST_RATE, TARGET_UTILIZATION), false, "Capacity as a number.");
    private static final List<SchemaKey> OTHERS = List.of(
            new SchemaKey.UnsupportedKey("queueing", "Capacity by an Erlang-C latency target."),
            new SchemaKey.UnsupportedKey("learned", "Cost per request learned from utilization."),
            new SchemaKey.UnsupportedKey("models", "Service times of several models on one endpoint."));
    static final SchemaKey.ObjectKey CAPACITY = new SchemaKey.ObjectKey(
            "capacity",
            ObjectSchema.of(PER_REPLICA, OTHERS.get(0), OTHERS.get(1), OTHERS.get(2)),
            true,
            "Request rate to replicas.");

    private CapacityReader() {}

    static CapacityModel read(ObjectReader spec) {
        ObjectReader capacity = spec.object(CAPACITY);
        boolean saysOtherwise = OTHERS.stream().anyMatch(capacity::has);
        if (!capacity.has(PER_REPLICA) && !saysOtherwise) {
            capacity.refuse("must have perReplica");
        }
        ObjectReader perReplica = capacity.object(PER_REPLICA);
        return new RatePerReplica(perReplica.get(REQUEST_RATE), perReplica.get(TARGET_UTILIZATION));
    }
}
