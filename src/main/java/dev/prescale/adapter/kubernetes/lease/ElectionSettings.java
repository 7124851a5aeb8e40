package dev.prescale.adapter.kubernetes.lease;

import dev.prescale.series.Require;
import java.time.Duration;

/**
 * The times of an election. All in nanoseconds of a monotonic clock.
 *
 * @param buckets into which endpoints are divided, the same for all replicas
 * @param lease without a sign of life, after which others take over
 * @param safety by which a replica stops before its lease ends: the longest that a write may take which it allowed before
 */
record ElectionSettings(int buckets, long lease, long safety) {
    private static final int RENEWALS = 4;
    private static final int SHORTEST_WAIT = 16;

    ElectionSettings {
        Require.that(buckets >= 1 && buckets <= 100, "buckets must be in 1 to 100, was %s", buckets);
        Require.that(
                safety > 0 && lease - safety > lease / RENEWALS,
                "a lease must outlast its safety by more than a quarter, was %s ns with a safety of %s ns",
                lease,
                safety);
    }

    /** What a Lease can say is whole seconds: rounded up, others wait longer. */
    static ElectionSettings of(int buckets, Duration leaseDuration, Duration safety) {
        long seconds = leaseDuration.plusSeconds(1).minusNanos(1).toSeconds();
        return new ElectionSettings(buckets, Duration.ofSeconds(seconds).toNanos(), safety.toNanos());
    }

    int leaseSeconds() {
        return (int) Duration.ofNanos(lease).toSeconds();
    }

    /** How long a renewal holds from when it was begun. */
    long validity() {
        return lease - safety;
    }

    long renewal() {
        return lease / RENEWALS;
    }

    /** How long what was written may remain unseen. */
    long patience() {
        return lease / 2;
    }

    /**
     * Before a bucket whose Lease is not there is taken. Where somebody deleted it, who acts for it stops when it sees that, and one
     * that sees nothing when it knows that it is deaf: {@link #patience} and a renewal later it renews no more, and {@link #validity}
     * later it stops.
     */
    long absence() {
        return 2 * lease;
    }

    /** Before what failed is tried again: doubled up to {@link #renewal}. */
    long retry(int failures) {
        return Math.min(renewal(), lease / SHORTEST_WAIT << Math.min(failures - 1, 8));
    }
}
