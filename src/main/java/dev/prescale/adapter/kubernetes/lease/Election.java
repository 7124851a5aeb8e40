package dev.prescale.adapter.kubernetes.lease;

import dev.prescale.adapter.kubernetes.lease.Write.Answer;
import dev.prescale.control.EndpointId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Who acts, as one replica sees it: what it has seen of Leases and of its own writes goes in, the writes that it wants to make
 * come out. It has no clock and no thread; times are ns of one monotonic clock. Not safe for use by many threads.
 *
 * <p>At no time two replicas act for one bucket, because (1) a replica acts until its lease's duration less the safety after
 * its last renewal began, (2) another one deletes its Lease not before the full duration has passed since it saw that renewal, and
 * only if there was none since, which the API server checks, (3) a bucket is taken only from a replica whose Lease is gone or
 * that let it go, and only if nobody changed the bucket's Lease meanwhile, and (4) a replica that leaves a bucket waits for the
 * safety between its last answer and its write.
 */
final class Election {
    private static final int MOST_BUCKET_WRITES = 4;

    private final ElectionSettings settings;
    private final Supplier<String> ids;
    private final RandomGenerator jitter;
    private final Roster roster;
    private final List<BucketClaim> buckets;
    private OwnLease own;
    private boolean hears;
    private boolean isLeaving;
    private boolean standsBy;
    private long delay;

    /** @param ids a new identity each time, which no other replica ever had */
    Election(ElectionSettings settings, Supplier<String> ids, RandomGenerator jitter, long now) {
        this.settings = settings;
        this.ids = ids;
        this.jitter = jitter;
        this.roster = new Roster(settings);
        this.buckets = IntStream.range(0, settings.buckets())
                .mapToObj(number -> new BucketClaim(number, settings, jitter, now))
                .toList();
        this.own = new OwnLease(ids.get(), settings, jitter, now);
        this.delay = settings.lease();
    }

    String id() {
        return own.id();
    }

    boolean actsFor(EndpointId endpoint, long now) {
        return acts(Rendezvous.bucketOf(endpoint.toString(), settings.buckets()), now);
    }

    boolean acts(int bucket, long now) {
        return !isLeaving && own.isValid(now) && buckets.get(bucket).isActing();
    }

    /**
     * All Leases that there are.
     *
     * @param version of the list: what was written later is not in it
     */
    void hearAll(List<Seen> all, long version, long now) {
        if (!hears) {
            hears = true;
            buckets.forEach(bucket -> bucket.listen(now));
        }
        Set<String> replicas = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        for (Seen seen : all) {
            switch (seen) {
                case Seen.Replica replica -> replicas.add(replica.id());
                case Seen.Bucket bucket -> numbers.add(bucket.number());
            }
        }
        boolean isLost = own.wasHeard() && !replicas.contains(own.id());
        all.forEach(seen -> hear(seen, now));
        roster.retain(replicas, now);
        IntStream.range(0, buckets.size())
                .filter(number -> !numbers.contains(number))
                .forEach(number -> buckets.get(number).vanish(version, now));
        own.listen(now);
        if (isLost) {
            beginAnew(now);
        }
    }

    void hear(Seen seen, long now) {
        switch (seen) {
            case Seen.Replica replica -> {
                if (replica.id().equals(own.id())) {
                    own.hear(replica, now);
                } else {
                    roster.hear(replica, now);
                }
            }
            case Seen.Bucket bucket -> {
                if (bucket.number() < buckets.size()) {
                    buckets.get(bucket.number()).hear(bucket, own.id(), now);
                }
            }
        }
    }

    /** A Lease was deleted. */
    void vanish(Seen seen, long now) {
        switch (seen) {
            case Seen.Replica replica -> {
                if (replica.id().equals(own.id())) {
                    beginAnew(now);
                } else {
                    roster.vanish(replica.id(), false, now);
                }
            }
            case Seen.Bucket bucket -> {
                if (bucket.number() < buckets.size()) {
                    buckets.get(bucket.number()).vanish(bucket.version(), now);
                }
            }
        }
    }

    /** This replica was declared dead; nothing that it held is its own any more. */
    private void beginAnew(long now) {
        buckets.forEach(BucketClaim::forgetClaim);
        own = new OwnLease(ids.get(), settings, jitter, now);
    }

    /** What to write now; each of it is answered by {@link #answered}. */
    List<Write> due(long now) {
        Alarm alarm = new Alarm(now, settings.lease());
        List<Write> writes = new ArrayList<>();
        if (hears && !isLeaving) {
            standsBy = roster.isOtherwiseDivided(own.created(), own.id(), alarm);
            own.due(standsBy, alarm).ifPresent(writes::add);
            if (own.isValid(now)) {
                writes.addAll(roster.burials(own.id(), alarm));
                claim(writes, alarm);
            }
            roster.forget(holders(), alarm);
        }
        delay = alarm.delay();
        return writes;
    }

    private void claim(List<Write> writes, Alarm alarm) {
        List<String> members = new ArrayList<>(roster.members(alarm));
        boolean isMember = own.isSettled(alarm) && !standsBy;
        members.add(own.id());
        BucketClaim.View view = new BucketClaim.View() {
            @Override
            public String self() {
                return own.id();
            }

            @Override
            public boolean isMine(int bucket) {
                return isMember
                        && Rendezvous.winner(bucket, members)
                                .filter(own.id()::equals)
                                .isPresent();
            }

            @Override
            public boolean mayAct(String holder) {
                return roster.mayAct(holder, alarm);
            }
        };
        long inFlight = buckets.stream().filter(BucketClaim::isInFlight).count();
        for (BucketClaim bucket : buckets) {
            var wanted = bucket.due(view, alarm);
            if (wanted.isPresent() && inFlight < MOST_BUCKET_WRITES) {
                bucket.begin();
                writes.add(wanted.get());
                inFlight++;
            }
        }
    }

    private Set<String> holders() {
        Set<String> holders = new HashSet<>();
        buckets.forEach(bucket -> holders.add(bucket.holder()));
        return holders;
    }

    /** ns after the last {@link #due} at which to ask again, where nothing happens before. */
    long delay() {
        return delay;
    }

    void answered(Write write, Answer answer, long now) {
        if (write instanceof Write.Bury burial) {
            roster.buried(burial, answer, now);
        } else if (write.id().equals(own.id())) {
            switch (write) {
                case Write.Take take -> buckets.get(take.bucket()).taken(take, answer, now);
                case Write.Release release -> buckets.get(release.bucket()).released(answer, now);
                default -> ownAnswered(answer, now);
            }
        }
    }

    private void ownAnswered(Answer answer, long now) {
        boolean wasValid = own.isValid(now);
        boolean isLost = own.answered(answer, now);
        if (isLost) {
            beginAnew(now);
        } else if (!wasValid && own.isValid(now)) {
            roster.forgiveSilence(now);
        }
    }

    /** Stops acting for good. */
    void leave() {
        isLeaving = true;
    }

    /** What to write then, so that others need not wait; the own Lease is to be deleted last. */
    List<Write> farewells() {
        return buckets.stream()
                .map(bucket -> bucket.farewell(own.id()).orElse(null))
                .filter(Objects::nonNull)
                .toList();
    }

    /** How things stand. */
    ElectionStatus status(long now) {
        Alarm alarm = new Alarm(now, settings.lease());
        int acting = (int) IntStream.range(0, buckets.size())
                .filter(bucket -> acts(bucket, now))
                .count();
        return new ElectionStatus(
                own.id(),
                hears && own.isValid(now),
                standsBy,
                own.isDeaf(alarm),
                acting,
                settings.buckets(),
                roster.alive(alarm));
    }
}
