package dev.prescale.backtest;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.capacity.WorkCapacity;
import dev.prescale.series.Require;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How requests wait in a simulation.
 *
 * @param serviceTime mean time that a request occupies a slot; null for that of the specification
 * @param concurrency slots of a replica; null for those of the specification
 * @param patience a request that has waited so long is abandoned
 */
public record Queueing(
        @Nullable Duration serviceTime, @Nullable Integer concurrency, Duration patience) {
    public static final Duration SHORTEST_PATIENCE = Duration.ofMillis(100);
    public static final Duration LONGEST_PATIENCE = Duration.ofHours(1);
    public static final Queueing DEFAULT = new Queueing(null, null, Duration.ofSeconds(30));

    public Queueing {
        if (serviceTime != null) {
            requireWithin(
                    "serviceTime",
                    serviceTime,
                    QueueingCapacity.LEAST_SERVICE_TIME,
                    QueueingCapacity.MOST_SERVICE_TIME);
        }
        if (concurrency != null) {
            Require.that(
                    concurrency >= 1 && concurrency <= QueueingCapacity.MOST_CONCURRENCY,
                    "concurrency must be from 1 to %s, was %s",
                    QueueingCapacity.MOST_CONCURRENCY,
                    concurrency);
        }
        requireWithin("patience", patience, SHORTEST_PATIENCE, LONGEST_PATIENCE);
    }

    private static void requireWithin(String name, Duration value, Duration least, Duration most) {
        Require.that(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                name + " must be from %s to %s, was %s",
                least,
                most,
                value);
    }

    /**
     * The slots of one replica. What neither this nor the specification gives follows from the specified request rate
     * ({@code requestRate = concurrency / serviceTime}, Little's law), with one slot where nothing is given.
     */
    Slots slotsFor(CapacityModel capacity) {
        return switch (capacity) {
            case QueueingCapacity queueing ->
                new Slots(
                        concurrency == null ? queueing.concurrency() : concurrency,
                        seconds(serviceTime == null ? queueing.serviceTime() : serviceTime));
            case RatePerReplica perReplica -> slotsAt(perReplica.requestRate());
            // a load in busy replicas: each bears one unit of it
            case WorkCapacity ignored -> slotsAt(1);
        };
    }

    private Slots slotsAt(double requestRate) {
        int slots = concurrency != null
                ? concurrency
                : serviceTime == null ? 1 : slotsKeptBusy(requestRate * seconds(serviceTime));
        return new Slots(slots, serviceTime == null ? slots / requestRate : seconds(serviceTime));
    }

    private static int slotsKeptBusy(double slots) {
        return (int) Math.clamp(Math.round(slots), 1L, QueueingCapacity.MOST_CONCURRENCY);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /**
     * @param perReplica requests that a replica serves at the same time
     * @param serviceSeconds mean time that each occupies a slot
     */
    record Slots(int perReplica, double serviceSeconds) {}
}
