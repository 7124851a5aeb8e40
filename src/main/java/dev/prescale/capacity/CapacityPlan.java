package dev.prescale.capacity;

import dev.prescale.series.Require;

/**
 * Replicas that serve a request rate: {@code ceil(rate / (requestRate * utilization))}.
 *
 * @param requestRate req/s that one ready replica sustains at the service objective
 * @param targetUtilization share of it that target tracking plans to use, (0, 1]
 */
public record CapacityPlan(double requestRate, double targetUtilization) {
    /** Subtracted before every ceil, so that 30 req/s at 10 each are three replicas whatever the last bit says. */
    public static final double CEIL_EPSILON = 1e-9;

    public static final double MOST_REQUEST_RATE = 1e9;

    public CapacityPlan {
        Require.that(
                requestRate > 0 && requestRate <= MOST_REQUEST_RATE,
                "requestRate must be in (0, 1e9] req/s, was %s",
                requestRate);
        Require.that(
                targetUtilization > 0 && targetUtilization <= 1,
                "targetUtilization must be in (0, 1], was %s",
                targetUtilization);
    }

    /** Fewest replicas of which each has at most {@code utilization} of what it sustains; 0 for a rate of 0. */
    public int replicasFor(double rate, double utilization) {
        Require.that(rate >= 0 && rate < Double.POSITIVE_INFINITY, "rate must be finite and >= 0 req/s, was %s", rate);
        Require.that(utilization > 0 && utilization <= 1, "utilization must be in (0, 1], was %s", utilization);
        return ceilToReplicas(rate / (requestRate * utilization));
    }

    /** The next whole number, less {@link #CEIL_EPSILON}, within [0, {@link Integer#MAX_VALUE}]; NaN is refused. */
    public static int ceilToReplicas(double replicas) {
        Require.that(!Double.isNaN(replicas), "replicas must be a number, was %s", replicas);
        return (int) Math.clamp(Math.ceil(replicas - CEIL_EPSILON), 0.0, Integer.MAX_VALUE);
    }

    /** Rate (req/s) that this many ready replicas sustain. */
    public double sustainedBy(int replicas) {
        return requestRate * replicas;
    }
}
