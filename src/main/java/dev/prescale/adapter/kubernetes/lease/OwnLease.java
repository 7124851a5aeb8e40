package dev.prescale.adapter.kubernetes.lease;

import dev.prescale.adapter.kubernetes.lease.Write.Answer;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * This replica's own sign of life. It holds from when its last successful renewal was <i>begun</i> until a safety before anyone
 * else may think it dead. A renewal that succeeds after a lapse proves that nobody took anything: who wants to must delete the
 * Lease first. Who does not hear its own renewals hears nothing of the others either, and stops giving signs of life.
 */
final class OwnLease {
    private final ElectionSettings settings;
    private final RandomGenerator jitter;
    private final String id;
    private boolean isEnrolled;
    private boolean isSaidToStandBy;
    private boolean isInFlight;
    private boolean isConfirmed;
    private long confirmedAt;
    private long firstConfirmedAt;
    private long created = Long.MAX_VALUE;
    private long begunAt;
    private long nextAt;
    private int failures;
    private long writtenVersion;
    private long heardVersion;
    private long heardAt;

    OwnLease(String id, ElectionSettings settings, RandomGenerator jitter, long now) {
        this.id = id;
        this.settings = settings;
        this.jitter = jitter;
        this.nextAt = now;
        this.heardAt = now;
    }

    String id() {
        return id;
    }

    boolean isValid(long now) {
        return isConfirmed && now - confirmedAt < settings.validity();
    }

    /** Whether the watch shows too little: what was written long ago was not seen. */
    boolean isDeaf(Alarm alarm) {
        return writtenVersion > heardVersion && alarm.isPast(heardAt + settings.patience());
    }

    /** Whether it has been there for as long as others wait before they count on it. */
    boolean isSettled(Alarm alarm) {
        return isConfirmed && alarm.isPast(firstConfirmedAt + settings.lease());
    }

    /** By the API server's clock, in s; later than all others until it is known. */
    long created() {
        return created;
    }

    Optional<Write> due(boolean standsBy, Alarm alarm) {
        if (isConfirmed && isValid(alarm.now())) {
            // the end of it is noticed in time
            alarm.isPast(confirmedAt + settings.validity());
        }
        boolean isNews = isEnrolled && standsBy != isSaidToStandBy;
        if (isInFlight || isDeaf(alarm) || !(alarm.isPast(nextAt) || isNews)) {
            return Optional.empty();
        }
        isInFlight = true;
        begunAt = alarm.now();
        isSaidToStandBy = standsBy;
        return Optional.of(isEnrolled ? new Write.Renew(id, standsBy) : new Write.Enroll(id, standsBy));
    }

    /** The Lease was seen. */
    void hear(Seen.Replica seen, long now) {
        isEnrolled = true;
        created = seen.created();
        if (seen.version() > heardVersion) {
            heardVersion = seen.version();
            heardAt = now;
        }
    }

    boolean wasHeard() {
        return heardVersion > 0;
    }

    /** All Leases were listed: this replica is not deaf, whether its own was among them or not. */
    void listen(long now) {
        heardAt = now;
    }

    /** Whether the Lease is lost, and this identity with it. */
    boolean answered(Answer answer, long now) {
        isInFlight = false;
        switch (answer) {
            case Write.Written written -> {
                if (writtenVersion <= heardVersion) {
                    heardAt = now;
                }
                writtenVersion = Math.max(writtenVersion, written.version());
                isEnrolled = true;
                if (!isConfirmed) {
                    isConfirmed = true;
                    firstConfirmedAt = now;
                }
                confirmedAt = begunAt;
                failures = 0;
                nextAt = begunAt + settings.renewal();
            }
            case Write.Conflict alreadyEnrolled -> {
                isEnrolled = true;
                nextAt = now;
            }
            case Write.Gone gone -> {
                return true;
            }
            case Write.Failed failed -> {
                failures++;
                long wait = settings.retry(failures);
                nextAt = now + wait / 2 + jitter.nextLong(wait);
            }
        }
        return false;
    }
}
