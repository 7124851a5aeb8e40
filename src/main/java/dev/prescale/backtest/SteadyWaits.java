package dev.prescale.backtest;

import dev.prescale.capacity.ImpatientQueue;
import java.util.Arrays;

/** Waits while demand and replicas are constant and the replicas suffice: shares of the requests by bucket. */
final class SteadyWaits {
    /** Nobody waits. */
    static final SteadyWaits NONE = new SteadyWaits(new double[] {1}, 0);

    /** A share of requests this small changes no quantile. */
    private static final double NEGLIGIBLE = 1e-9;

    /**
     * Above this many slots nobody is taken to wait while they suffice: such a pool waits for less than a hundredth of the
     * service time at 99 % use, and its sums would have thousands of terms.
     */
    private static final double MOST_SLOTS = 20_000;

    /**
     * Demand is known by the minute, and a queue close to its capacity needs longer than that to come to the waits of its steady
     * state: {@code 2c / (c - a)^2} mean service times for c slots and a load of a erlangs (relaxation time of the reflected
     * Brownian motion that approximates it; Newell, Applications of Queueing Theory, 2nd edition, 1982). So loads count up to
     * where that is a minute, or ten service times where those are longer.
     */
    private static final double SECONDS_TO_SETTLE = 60;

    private static final double SERVICE_TIMES_TO_SETTLE = 10;

    private final double[] shares;
    private final double abandonedShare;

    private SteadyWaits(double[] shares, double abandonedShare) {
        this.shares = shares;
        this.abandonedShare = abandonedShare;
    }

    /**
     * @param slots of all replicas
     * @param rate req/s, at most what the slots serve
     * @param serviceSeconds mean time that a request occupies a slot
     * @param patience in seconds
     */
    static SteadyWaits of(double slots, double rate, double serviceSeconds, double patience) {
        double load = rate * serviceSeconds;
        if (slots > MOST_SLOTS || load == 0) {
            return NONE;
        }
        double settling = Math.max(SECONDS_TO_SETTLE / serviceSeconds, SERVICE_TIMES_TO_SETTLE);
        double settled = slots - Math.sqrt(2 * slots / settling);
        ImpatientQueue queue = ImpatientQueue.of(slots, Math.min(load, settled), patience / serviceSeconds);
        double longer = queue.waitsLongerThan(WaitHistogram.edge(1) / serviceSeconds);
        if (longer < NEGLIGIBLE) {
            return NONE;
        }
        double[] shares = new double[WaitHistogram.buckets()];
        shares[0] = 1 - longer;
        int bucket = 1;
        while (bucket < shares.length - 1 && longer > NEGLIGIBLE && WaitHistogram.edge(bucket + 1) <= patience) {
            double beyond = queue.waitsLongerThan(WaitHistogram.edge(bucket + 1) / serviceSeconds);
            shares[bucket++] = longer - beyond;
            longer = beyond;
        }
        // what is left waits until its patience ends in this bucket, those that are abandoned included
        shares[bucket] = longer;
        return new SteadyWaits(Arrays.copyOf(shares, bucket + 1), queue.abandonedShare());
    }

    double abandonedShare() {
        return abandonedShare;
    }

    void addTo(WaitHistogram histogram, double requests) {
        for (int k = 0; k < shares.length; k++) {
            histogram.add(k, shares[k] * requests);
        }
    }
}
