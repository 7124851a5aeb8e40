package dev.prescale.accuracy;

import java.time.Instant;
import java.util.Arrays;

/**
 * What was issued for steps that have not been observed yet: a small ring per horizon in flat arrays, of fixed size
 * whatever the traffic. About 12 kB for ten horizons. Not thread-safe.
 */
final class IssuedTargets {
    private static final int SLOTS = JudgedHorizons.MOST_OPEN;

    private final JudgedHorizons horizons;
    private final int width;
    /** Epoch second at which the target step begins, of shape [horizon][slot]. */
    private final long[] targets;
    /** Of shape [horizon][slot][width]: single precision is ample for scores. */
    private final float[] values;

    private final int[] oldest;
    private final int[] counts;
    private final long[] lastOrigins;

    /** @param width numbers that are kept per target */
    IssuedTargets(JudgedHorizons horizons, int width) {
        this.horizons = horizons;
        this.width = width;
        this.targets = new long[horizons.count() * SLOTS];
        this.values = new float[targets.length * width];
        this.oldest = new int[horizons.count()];
        this.counts = new int[horizons.count()];
        this.lastOrigins = new long[horizons.count()];
        Arrays.fill(lastOrigins, Long.MIN_VALUE / 2);
    }

    /** Whether a forecast from this origin is to be remembered at this horizon. */
    boolean isDue(int horizon, Instant origin) {
        long pause = horizons.pause(horizon).toSeconds();
        return origin.getEpochSecond() - lastOrigins[horizon] >= pause;
    }

    /** Remembers; where the ring is full the oldest target goes, unjudged. */
    void remember(int horizon, Instant origin, float[] issued) {
        if (counts[horizon] == SLOTS) {
            drop(horizon);
        }
        int slot = horizon * SLOTS + (oldest[horizon] + counts[horizon]) % SLOTS;
        targets[slot] = origin.getEpochSecond()
                + (long) (horizons.stepsAhead(horizon) - 1) * horizons.step().seconds();
        System.arraycopy(issued, 0, values, slot * width, width);
        counts[horizon]++;
        lastOrigins[horizon] = origin.getEpochSecond();
    }

    /** Whether the oldest target of a horizon ends at or before the instant. */
    boolean isOver(int horizon, Instant instant) {
        return counts[horizon] > 0 && targets[slot(horizon)] + horizons.step().seconds() <= instant.getEpochSecond();
    }

    /** Begin of the oldest target of a horizon. */
    Instant target(int horizon) {
        return Instant.ofEpochSecond(targets[slot(horizon)]);
    }

    /** Takes the oldest target of a horizon out. */
    void take(int horizon, float[] issued) {
        System.arraycopy(values, slot(horizon) * width, issued, 0, width);
        drop(horizon);
    }

    private int slot(int horizon) {
        return horizon * SLOTS + oldest[horizon];
    }

    private void drop(int horizon) {
        oldest[horizon] = (oldest[horizon] + 1) % SLOTS;
        counts[horizon]--;
    }
}
