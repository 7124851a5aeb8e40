package dev.prescale.adapter.kubernetes.lease;

import dev.prescale.adapter.kubernetes.lease.Write.Answer;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One bucket, as this replica sees it and wants it. It acts only after its own write that took the bucket was confirmed, and
 * until it decides to leave it: then it waits until writes that it allowed have ended, and lets the bucket go.
 */
final class BucketClaim {
    private enum Claim {
        NONE,
        ACTING,
        LEAVING
    }

    private final int number;
    private final ElectionSettings settings;
    private final RandomGenerator jitter;
    private long version;
    private boolean isThere;
    private String holder = "";
    private int transitions;
    private long absentSince;
    private Claim claim = Claim.NONE;
    private long leavingSince;
    private boolean isInFlight;
    private int failures;
    private long nextAt;

    /** Whom this replica would give a bucket to, and who may still act for it. */
    interface View {
        String self();

        /** Whether this replica is the one that should have it. */
        boolean isMine(int bucket);

        boolean mayAct(String holder);
    }

    BucketClaim(int number, ElectionSettings settings, RandomGenerator jitter, long now) {
        this.number = number;
        this.settings = settings;
        this.jitter = jitter;
        this.absentSince = now;
        this.nextAt = now;
    }

    boolean isActing() {
        return claim == Claim.ACTING;
    }

    boolean isInFlight() {
        return isInFlight;
    }

    String holder() {
        return isThere ? holder : "";
    }

    void hear(Seen.Bucket seen, String self, long now) {
        if (seen.version() <= version) {
            return;
        }
        version = seen.version();
        isThere = true;
        holder = seen.holder();
        transitions = seen.transitions();
        nextAt = now;
        if (!holder.equals(self)) {
            claim = Claim.NONE;
        }
    }

    /** @param atVersion of the Lease when it went; older news is no news */
    void vanish(long atVersion, long now) {
        if (isThere && atVersion >= version) {
            isThere = false;
            holder = "";
            absentSince = now;
            claim = Claim.NONE;
        }
    }

    /** It is known from now on whether there is one. */
    void listen(long now) {
        absentSince = now;
    }

    /** This replica has lost its identity. */
    void forgetClaim() {
        claim = Claim.NONE;
        isInFlight = false;
    }

    Optional<Write> due(View view, Alarm alarm) {
        if (claim == Claim.ACTING && !view.isMine(number)) {
            claim = Claim.LEAVING;
            leavingSince = alarm.now();
        } else if (claim == Claim.LEAVING && !isInFlight && view.isMine(number)) {
            claim = Claim.ACTING;
        }
        if (isInFlight || claim == Claim.ACTING) {
            return Optional.empty();
        }
        Optional<Write> wanted = claim == Claim.LEAVING ? leave(view, alarm) : want(view, alarm);
        return wanted.filter(write -> alarm.isPast(nextAt));
    }

    private Optional<Write> leave(View view, Alarm alarm) {
        return alarm.isPast(leavingSince + settings.safety())
                ? Optional.of(new Write.Release(view.self(), number, version))
                : Optional.empty();
    }

    private Optional<Write> want(View view, Alarm alarm) {
        if (!isThere) {
            // whoever held it before somebody deleted it may not know yet
            boolean isFree = alarm.isPast(absentSince + settings.absence());
            return isFree && view.isMine(number)
                    ? Optional.of(new Write.Take(view.self(), number, 0, 0))
                    : Optional.empty();
        }
        if (holder.equals(view.self())) {
            // the answer to a write of ours was lost: only a new one makes sure that the old one does not come later
            return Optional.of(
                    view.isMine(number)
                            ? new Write.Take(view.self(), number, version, transitions)
                            : new Write.Release(view.self(), number, version));
        }
        boolean isFree = holder.isEmpty() || !view.mayAct(holder);
        return isFree && view.isMine(number)
                ? Optional.of(new Write.Take(view.self(), number, version, transitions + 1))
                : Optional.empty();
    }

    /** The write is made. */
    void begin() {
        isInFlight = true;
        if (claim == Claim.LEAVING) {
            claim = Claim.NONE;
        }
    }

    void taken(Write.Take take, Answer answer, long now) {
        settle(take.id(), take.transitions(), answer, now);
        boolean isOurs = isThere && holder.equals(take.id());
        claim = answer instanceof Write.Written && isOurs ? Claim.ACTING : Claim.NONE;
    }

    void released(Answer answer, long now) {
        settle("", transitions, answer, now);
    }

    private void settle(String newHolder, int newTransitions, Answer answer, long now) {
        isInFlight = false;
        if (answer instanceof Write.Written written) {
            failures = 0;
            if (written.version() > version) {
                version = written.version();
                isThere = true;
                holder = newHolder;
                transitions = newTransitions;
            }
            return;
        }
        failures++;
        long wait = settings.retry(failures);
        nextAt = now + wait / 2 + jitter.nextLong(wait);
    }

    /** What to write when leaving for good. */
    Optional<Write> farewell(String self) {
        return isThere && holder.equals(self)
                ? Optional.of(new Write.Release(self, number, version))
                : Optional.empty();
    }
}
