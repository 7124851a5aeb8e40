package dev.prescale.adapter.kubernetes.lease;

/** A Lease as the API server shows it. Later versions of all objects have larger numbers. */
sealed interface Seen {
    long version();

    /**
     * A replica's sign of life: every new version is one.
     *
     * @param created by the API server's clock, in s
     * @param lease how long it counts, in ns
     * @param standsBy it takes no bucket
     */
    record Replica(String id, long version, long created, long lease, int buckets, boolean standsBy) implements Seen {}

    /**
     * @param holder the replica that acts; empty: none
     * @param transitions how often it changed hands
     */
    record Bucket(int number, long version, String holder, int transitions) implements Seen {}
}
