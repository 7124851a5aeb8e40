package dev.prescale.adapter.kubernetes.lease;

import dev.prescale.adapter.kubernetes.lease.Write.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The other replicas. One counts as alive until its Lease's duration after this replica <i>saw</i> its last sign of life:
 * no two clocks are compared. Whoever is silent for longer is buried (its Lease is deleted, if there was no sign of life
 * meanwhile) before anything of its is taken: what this replica sees may be late, what the API server lets it delete is not.
 */
final class Roster {
    private final ElectionSettings settings;
    private final Map<String, Peer> peers = new TreeMap<>();

    private static final class Peer {
        private long version;
        private long heardAt;
        private long firstHeardAt;
        private long lease;
        private int buckets;
        private boolean standsBy;
        private long created;
        private boolean isPresent;
        private boolean isBeingBuried;
        private long nextBurialAt;

        private long endsAt() {
            return heardAt + lease;
        }
    }

    Roster(ElectionSettings settings) {
        this.settings = settings;
    }

    void hear(Seen.Replica seen, long now) {
        Peer peer = peers.computeIfAbsent(seen.id(), any -> new Peer());
        if (seen.version() <= peer.version) {
            return;
        }
        if (!peer.isPresent) {
            peer.isPresent = true;
            peer.firstHeardAt = now;
        }
        peer.version = seen.version();
        peer.heardAt = now;
        peer.nextBurialAt = now;
        peer.lease = seen.lease();
        peer.created = seen.created();
        peer.buckets = seen.buckets();
        peer.standsBy = seen.standsBy();
    }

    /** @param wasMissed signs of life may have been missed before it went */
    void vanish(String id, boolean wasMissed, long now) {
        Peer peer = peers.get(id);
        if (peer != null && peer.isPresent) {
            peer.isPresent = false;
            if (wasMissed) {
                peer.heardAt = now;
            }
        }
    }

    /** What was seen is all that there is. */
    void retain(Set<String> present, long now) {
        Set<String> gone = new HashSet<>(peers.keySet());
        gone.removeAll(present);
        gone.forEach(id -> vanish(id, true, now));
    }

    /** This replica was cut off itself: the silence of others says nothing about them. */
    void forgiveSilence(long now) {
        peers.values().stream().filter(peer -> peer.isPresent).forEach(peer -> peer.heardAt = now);
    }

    /**
     * Those that buckets are divided among. One that just came is not: it may be about to crash again, and may not yet have seen
     * that it has to stand by.
     */
    List<String> members(Alarm alarm) {
        List<String> members = new ArrayList<>();
        peers.forEach((id, peer) -> {
            if (isAlive(peer, alarm)
                    && peer.buckets == settings.buckets()
                    && !peer.standsBy
                    && alarm.isPast(peer.firstHeardAt + settings.lease())) {
                members.add(id);
            }
        });
        return members;
    }

    private static boolean isAlive(Peer peer, Alarm alarm) {
        return peer.isPresent && !alarm.isPast(peer.endsAt());
    }

    int alive(Alarm alarm) {
        return (int)
                peers.values().stream().filter(peer -> isAlive(peer, alarm)).count();
    }

    /**
     * Whether one that divides endpoints into another number of buckets, and came before, may still act. The order is by the API
     * server's clock and then by name, so that of any two the same one gives way.
     */
    boolean isOtherwiseDivided(long created, String id, Alarm alarm) {
        return peers.entrySet().stream().anyMatch(entry -> {
            Peer peer = entry.getValue();
            boolean cameBefore = peer.created < created
                    || (peer.created == created && entry.getKey().compareTo(id) < 0);
            return peer.version > 0
                    && peer.buckets != settings.buckets()
                    && cameBefore
                    && (peer.isPresent || !alarm.isPast(peer.endsAt()));
        });
    }

    /** Whether the holder of a bucket may still act for it. One that was never seen may do so for one duration. */
    boolean mayAct(String id, Alarm alarm) {
        Peer peer = peers.get(id);
        if (peer == null) {
            peer = new Peer();
            peer.heardAt = alarm.now();
            peer.lease = settings.lease();
            peers.put(id, peer);
        }
        return peer.isPresent || !alarm.isPast(peer.endsAt());
    }

    List<Write> burials(String self, Alarm alarm) {
        List<Write> burials = new ArrayList<>();
        peers.forEach((id, peer) -> {
            if (peer.isPresent
                    && !peer.isBeingBuried
                    && alarm.isPast(peer.endsAt())
                    && alarm.isPast(peer.nextBurialAt)) {
                peer.isBeingBuried = true;
                burials.add(new Write.Bury(self, id, peer.version));
            }
        });
        return burials;
    }

    void buried(Write.Bury burial, Answer answer, long now) {
        Peer peer = peers.get(burial.dead());
        if (peer == null) {
            return;
        }
        peer.isBeingBuried = false;
        peer.nextBurialAt = now + settings.renewal();
        switch (answer) {
            case Write.Written written -> {
                if (peer.version == burial.version()) {
                    peer.isPresent = false;
                }
            }
            // it lives, whatever is seen of it
            case Write.Conflict conflict -> peer.heardAt = now;
            // another one did it, or nobody knows: the watch will tell
            case Write.Gone gone -> {}
            case Write.Failed failed -> {}
        }
    }

    /** Forgets those that are gone and hold nothing. */
    void forget(Set<String> holders, Alarm alarm) {
        peers.entrySet()
                .removeIf(entry -> !entry.getValue().isPresent
                        && !entry.getValue().isBeingBuried
                        && !holders.contains(entry.getKey())
                        && alarm.isPast(entry.getValue().endsAt()));
    }
}
