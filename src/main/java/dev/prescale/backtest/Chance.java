package dev.prescale.backtest;

import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Draws that depend on a seed, a name, a kind and the minute only, not on what was drawn before: whatever a policy does, at the
 * same minute it meets the same.
 */
final class Chance {
    private final long seed;

    Chance(long seed, String name) {
        this.seed = seed * 0x9E3779B97F4A7C15L + name.hashCode();
    }

    /** Whether something of this share happens in this minute. */
    boolean happens(double share, long kind, Instant at) {
        return share > 0 && draws(kind, at).nextDouble() < share;
    }

    /** A standard normal deviate. */
    double deviate(long kind, Instant at) {
        return normal(draws(kind, at));
    }

    private SplittableRandom draws(long kind, Instant at) {
        long minute = Math.floorDiv(at.getEpochSecond(), 60L);
        return new SplittableRandom((seed ^ kind) * 0xD1342543DE82EF95L + minute);
    }

    /** Standard normal by the polar method (Marsaglia, Bray 1964): StrictMath, so that every JVM draws the same. */
    private static double normal(SplittableRandom random) {
        while (true) {
            double u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }
}
