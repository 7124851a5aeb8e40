package dev.prescale.adapter.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When something that failed is tried again: after 1 s, then twice as long each time, up to a minute, each plus or minus a
 * half by chance, so that many that failed together do not come back together. Used by one thread at a time.
 */
public final class Backoff {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final RandomGenerator chance;
    private int failures;

    public Backoff(RandomGenerator chance) {
        this.chance = chance;
    }

    /** It failed just now. */
    public Instant next(Instant now) {
        Duration wait = SHORTEST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return now.plusMillis(spread(wait.compareTo(LONGEST) > 0 ? LONGEST : wait, chance));
    }

    public void succeeded() {
        failures = 0;
    }

    /** From half to one and a half times as long, in milliseconds. */
    public static int spread(Duration about, RandomGenerator chance) {
        return Math.toIntExact(Math.round(about.toMillis() * (0.5 + chance.nextDouble())));
    }
}
