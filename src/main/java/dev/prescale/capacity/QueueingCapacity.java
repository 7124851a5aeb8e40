package dev.prescale.capacity;

import dev.prescale.series.Require;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Capacity by a latency target: the fewest replicas with which a quantile of the response time (waiting and service) of an
 * M/M/c queue is within the target, c being replicas times slots. See {@link ErlangC} for the formulas and their source.
 *
 * <p>Larger pools use their replicas better, so the rate that one more replica adds grows with their number.
 *
 * @param serviceTime mean time that a request occupies a slot, without waiting
 * @param concurrency slots of a replica: requests that it serves at the same time at full speed
 * @param latencyTarget response time that the quantile may have; even an idle replica misses one below {@link
 *     #leastLatency}
 * @param latencyQuantile share of the requests that must be within the target, (0, 1)
 * @param targetUtilization share of the sustained rate that target tracking plans to use, (0, 1]
 */
public record QueueingCapacity(
        Duration serviceTime, int concurrency, Duration latencyTarget, double latencyQuantile, double targetUtilization)
        implements CapacityModel {
    public static final Duration LEAST_SERVICE_TIME = Duration.ofMillis(1);
    public static final Duration MOST_SERVICE_TIME = Duration.ofHours(1);
    public static final Duration MOST_LATENCY_TARGET = Duration.ofDays(1);
    public static final int MOST_CONCURRENCY = 10_000;

    /**
     * Slots up to which the queue is computed. A larger pool is planned at the utilization of this one, which is a safe
     * answer (less than 0.5 % above the exact one at this size) and costs no more.
     */
    private static final double MOST_SLOTS = 1_000_000;

    /** Relative slack of the missing share, so that replicas sustain what {@link #sustainedBy} says to the last bit. */
    private static final double SHARE_SLACK = 1e-9;

    private static final int BISECTIONS = 48;

    public QueueingCapacity {
        requireWithin("serviceTime", serviceTime, LEAST_SERVICE_TIME, MOST_SERVICE_TIME);
        requireWithin("latencyTarget", latencyTarget, LEAST_SERVICE_TIME, MOST_LATENCY_TARGET);
        Require.that(
                concurrency >= 1 && concurrency <= MOST_CONCURRENCY,
                "concurrency must be from 1 to %s, was %s",
                MOST_CONCURRENCY,
                concurrency);
        Require.that(
                latencyQuantile > 0 && latencyQuantile < 1,
                "latencyQuantile must be in (0, 1), was %s",
                latencyQuantile);
        CapacityModel.requireUtilization("targetUtilization", targetUtilization);
        double least = leastLatency(serviceTime, latencyQuantile);
        Require.that(
                seconds(latencyTarget) > least,
                "latencyTarget must be above %s s, which an idle replica has at that quantile, was %s s",
                String.format(Locale.ROOT, "%.3f", least),
                seconds(latencyTarget));
    }

    private static void requireWithin(String name, Duration value, Duration least, Duration most) {
        Require.that(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "%s must be from %s to %s, was %s",
                name,
                least,
                most,
                value);
    }

    /**
     * Seconds that a quantile of the response time has without any waiting, the quantile of an exponential service time:
     * {@code -serviceTime * ln(1 - q)}.
     */
    public static double leastLatency(Duration serviceTime, double latencyQuantile) {
        return -seconds(serviceTime) * Math.log1p(-latencyQuantile);
    }

    @Override
    public int replicasFor(double rate, double utilization) {
        CapacityModel.requireLoad(rate, utilization);
        double erlangs = rate / utilization * seconds(serviceTime);
        if (erlangs == 0) {
            return 0;
        }
        // Half a million slots' worth of work fits in a million slots at any target, without asking.
        double scale = erlangs < MOST_SLOTS / 2 ? 1 : Math.max(1, erlangs / erlangsSustainedBy(MOST_SLOTS));
        double replicas = leastReplicas(erlangs / scale);
        return CapacityModel.ceilToReplicas(replicas * scale);
    }

    /** Fewest replicas within the target, by doubling steps up from what could only just serve the load, then bisection. */
    private double leastReplicas(double erlangs) {
        double allowed = missedShare() * (1 + SHARE_SLACK);
        double tooFew = Math.floor(erlangs / concurrency);
        double enough = tooFew + 1;
        for (double more = 1; misses(enough, erlangs, allowed); more *= 2) {
            tooFew = enough;
            enough += more;
        }
        while (enough - tooFew > 1) {
            double middle = Math.floor((tooFew + enough) / 2);
            if (misses(middle, erlangs, allowed)) {
                tooFew = middle;
            } else {
                enough = middle;
            }
        }
        return enough;
    }

    private boolean misses(double replicas, double erlangs, double allowed) {
        return ErlangC.responseLongerThan(timeToTarget(), replicas * concurrency, erlangs) > allowed;
    }

    @Override
    public OptionalDouble perReplica() {
        return OptionalDouble.empty();
    }

    @Override
    public double sustainedBy(int replicas) {
        double slots = (double) replicas * concurrency;
        double scale = Math.max(1, slots / MOST_SLOTS);
        return scale * erlangsSustainedBy(slots / scale) / seconds(serviceTime);
    }

    private double erlangsSustainedBy(double slots) {
        double time = timeToTarget();
        double allowed = missedShare() * (1 + SHARE_SLACK / 2);
        double sustained = 0;
        double tooMuch = slots;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (sustained + tooMuch) / 2;
            if (ErlangC.responseLongerThan(time, slots, middle) > allowed) {
                tooMuch = middle;
            } else {
                sustained = middle;
            }
        }
        return sustained;
    }

    /** The latency target in mean service times. */
    private double timeToTarget() {
        return seconds(latencyTarget) / seconds(serviceTime);
    }

    private double missedShare() {
        return 1 - latencyQuantile;
    }

    @Override
    public QueueingCapacity withTargetUtilization(double other) {
        return new QueueingCapacity(serviceTime, concurrency, latencyTarget, latencyQuantile, other);
    }

    @Override
    public LoadUnit unit() {
        return LoadUnit.REQUESTS;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
