package dev.prescale.adapter.kubernetes.lease;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Highest random weight (Thaler and Ravishankar, 1998): each bucket goes to the replica with the largest hash of both, so a
 * replica that comes or goes moves its own buckets only. The hash is FNV-1a with the finalizer of SplitMix64; every replica
 * must compute the same one, so it must not change.
 */
final class Rendezvous {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Rendezvous() {}

    static int bucketOf(String endpoint, int buckets) {
        return (int) Long.remainderUnsigned(hash(endpoint), buckets);
    }

    static Optional<String> winner(int bucket, Collection<String> replicas) {
        return replicas.stream()
                .max(Comparator.comparingLong((String id) -> hash(bucket + "/" + id))
                        .thenComparing(Comparator.naturalOrder()));
    }

    static long hash(String text) {
        long hash = OFFSET;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * PRIME;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
