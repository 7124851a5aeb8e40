package dev.prescale.adapter.kubernetes.status;

import java.time.Duration;
import java.time.Instant;

/** How many may go at once, and how often one more. Used by one thread. */
final class TokenBucket {
    private final Duration perToken;
    private final Duration mostSaved;
    private Instant usedUntil = Instant.MIN;

    /** @param burst how many may go at once after a long rest */
    TokenBucket(int burst, Duration perToken) {
        this.perToken = perToken;
        this.mostSaved = perToken.multipliedBy(burst);
    }

    /** Time until the next may go, zero where it may go now. */
    Duration wait(Instant now) {
        Duration ahead = Duration.between(earliest(now), now);
        return ahead.compareTo(perToken) >= 0 ? Duration.ZERO : perToken.minus(ahead);
    }

    /** Takes one where there is one. */
    boolean take(Instant now) {
        boolean may = wait(now).isZero();
        if (may) {
            usedUntil = earliest(now).plus(perToken);
        }
        return may;
    }

    /** No more is saved than a burst. */
    private Instant earliest(Instant now) {
        Instant longestAgo = now.minus(mostSaved);
        return usedUntil.isBefore(longestAgo) ? longestAgo : usedUntil;
    }
}
