package dev.prescale.capacity;

import dev.prescale.series.Require;

/**
 * Capacity as a number: {@code ceil(rate / (requestRate * utilization))} replicas.
 *
 * @param requestRate req/s that one ready replica sustains at the service objective
 * @param targetUtilization share of it that target tracking plans to use, (0, 1]
 */
public record RatePerReplica(double requestRate, double targetUtilization) implements CapacityModel {
    public static final double MOST_REQUEST_RATE = 1e9;

    public RatePerReplica {
        Require.that(
                requestRate > 0 && requestRate <= MOST_REQUEST_RATE,
                "requestRate must be in (0, 1e9] req/s, was %s",
                requestRate);
        CapacityModel.requireUtilization("targetUtilization", targetUtilization);
    }

    @Override
    public int replicasFor(double rate, double utilization) {
        CapacityModel.requireLoad(rate, utilization);
        return CapacityModel.ceilToReplicas(rate / (requestRate * utilization));
    }

    @Override
    public double sustainedBy(int replicas) {
        return requestRate * replicas;
    }

    @Override
    public RatePerReplica withTargetUtilization(double other) {
        return new RatePerReplica(requestRate, other);
    }

    @Override
    public LoadUnit unit() {
        return LoadUnit.REQUESTS;
    }
}
