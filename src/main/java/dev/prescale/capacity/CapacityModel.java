package dev.prescale.capacity;

import dev.prescale.series.Require;
import java.util.OptionalDouble;

/** Replicas that serve a load. A load is a request rate, or the work that requests of several models make. */
public sealed interface CapacityModel permits RatePerReplica, QueueingCapacity, WorkCapacity {
    /** Subtracted before every ceil, so that 30 req/s at 10 each are three replicas whatever the last bit says. */
    double CEIL_EPSILON = 1e-9;

    /**
     * Fewest replicas that serve the load with at most this share of what they sustain; 0 for a load of 0.
     *
     * @param load finite and not negative, in {@link #unit}
     * @param utilization (0, 1]
     */
    int replicasFor(double load, double utilization);

    /** Largest load, in {@link #unit}, that this many ready replicas sustain at the service objective. */
    double sustainedBy(int replicas);

    /** Load, in {@link #unit}, that every replica sustains; empty where it depends on how many there are. */
    default OptionalDouble perReplica() {
        return OptionalDouble.of(sustainedBy(1));
    }

    /** Share of what replicas sustain that target tracking plans to use, (0, 1]. */
    double targetUtilization();

    /** The same with another target of target tracking. */
    CapacityModel withTargetUtilization(double other);

    /** What a load is counted in. */
    LoadUnit unit();

    /** What a load is counted in. */
    enum LoadUnit {
        /** Requests per second. */
        REQUESTS("req/s"),
        /** Replica-seconds per second: how many replicas the requests keep busy. */
        BUSY_REPLICAS("busy replicas");

        private final String wireName;

        LoadUnit(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /** The next whole number, less {@link #CEIL_EPSILON}, within [0, {@link Integer#MAX_VALUE}]; NaN is refused. */
    static int ceilToReplicas(double replicas) {
        Require.that(!Double.isNaN(replicas), "replicas must be a number, was %s", replicas);
        return (int) Math.clamp(Math.ceil(replicas - CEIL_EPSILON), 0.0, Integer.MAX_VALUE);
    }

    /** @throws IllegalArgumentException where they are out of range */
    static void requireLoad(double load, double utilization) {
        Require.that(load >= 0 && load < Double.POSITIVE_INFINITY, "load must be finite and >= 0, was %s", load);
        requireUtilization("utilization", utilization);
    }

    /** @throws IllegalArgumentException where it is not in (0, 1] */
    static void requireUtilization(String name, double utilization) {
        Require.that(utilization > 0 && utilization <= 1, name + " must be in (0, 1], was %s", utilization);
    }
}
