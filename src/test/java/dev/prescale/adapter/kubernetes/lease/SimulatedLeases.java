package dev.prescale.adapter.kubernetes.lease;

import dev.prescale.adapter.kubernetes.lease.Write.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What an API server keeps of Leases: versions, preconditions, and every change in order. */
final class SimulatedLeases {
    private final Map<String, Seen> leases = new TreeMap<>();
    private final List<BiConsumer<Seen, Boolean>> watchers = new ArrayList<>();
    private long version = 100;

    void watch(BiConsumer<Seen, Boolean> changeOrDeletion) {
        watchers.add(changeOrDeletion);
    }

    List<Seen> list() {
        return List.copyOf(leases.values());
    }

    long version() {
        return version;
    }

    Answer write(Write write, ElectionSettings settings, long second) {
        return switch (write) {
            case Write.Enroll enroll ->
                leases.containsKey(enroll.id())
                        ? new Write.Conflict()
                        : put(
                                enroll.id(),
                                new Seen.Replica(
                                        enroll.id(),
                                        ++version,
                                        second,
                                        settings.lease(),
                                        settings.buckets(),
                                        enroll.standsBy()));
            case Write.Renew renew ->
                leases.get(renew.id()) instanceof Seen.Replica now
                        ? put(
                                renew.id(),
                                new Seen.Replica(
                                        renew.id(),
                                        ++version,
                                        now.created(),
                                        now.lease(),
                                        now.buckets(),
                                        renew.standsBy()))
                        : new Write.Gone();
            case Write.Bury bury -> {
                Seen now = leases.get(bury.dead());
                if (now == null) {
                    yield new Write.Gone();
                }
                if (now.version() != bury.version()) {
                    yield new Write.Conflict();
                }
                delete(bury.dead());
                yield new Write.Written(version);
            }
            case Write.Take take -> bucket(take.bucket(), take.version(), take.id(), take.transitions());
            case Write.Release release -> bucket(release.bucket(), release.version(), "", 0);
        };
    }

    private Answer bucket(int number, long expected, String holder, int transitions) {
        Seen now = leases.get("bucket " + number);
        if (expected != 0 && now == null) {
            return new Write.Gone();
        }
        if (expected != (now == null ? 0 : now.version())) {
            return new Write.Conflict();
        }
        return put("bucket " + number, new Seen.Bucket(number, ++version, holder, transitions));
    }

    private Answer put(String key, Seen seen) {
        leases.put(key, seen);
        watchers.forEach(watcher -> watcher.accept(seen, false));
        return new Write.Written(seen.version());
    }

    void delete(String key) {
        Seen last = leases.remove(key);
        if (last != null) {
            version++;
            Seen deleted = last instanceof Seen.Bucket bucket
                    ? new Seen.Bucket(bucket.number(), version, bucket.holder(), bucket.transitions())
                    : last;
            watchers.forEach(watcher -> watcher.accept(deleted, true));
        }
    }

    List<String> keys() {
        return List.copyOf(leases.keySet());
    }
}
