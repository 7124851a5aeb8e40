package dev.prescale.cluster;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;

/**
 * Quiet traffic that rises within five minutes at the same time of each day, in req/s by epoch second. Days differ by up to 15 %,
 * so that a model is asked for, and not the day before, which is all that traffic needs that repeats to the request.
 */
final class DailyRise implements LongToDoubleFunction {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final double QUIET = 20;
    private static final double RISE = 150;
    private static final double RAMP_SECONDS = 300;
    private static final double HOLDS_FOR_SECONDS = 40_000;

    private final Instant rise;

    /** @param rise when the next one begins: minutes away, so that a test need not wait for a day */
    DailyRise(Instant rise) {
        this.rise = rise;
    }

    /** Traffic that stays as it is. */
    static LongToDoubleFunction none() {
        return at -> QUIET;
    }

    @Override
    public double applyAsDouble(long at) {
        long since = Math.floorMod(at - rise.getEpochSecond(), SECONDS_PER_DAY);
        long day = Math.floorDiv(at - rise.getEpochSecond(), SECONDS_PER_DAY);
        double ofDay = day == 0 ? 1 : 0.85 + 0.3 * new SplittableRandom(day).nextDouble();
        double grown = Math.min(1, since / RAMP_SECONDS);
        double risen = since < HOLDS_FOR_SECONDS ? RISE * grown * Math.exp(-since / (HOLDS_FOR_SECONDS / 2)) : 0;
        return ofDay * (QUIET + risen);
    }
}
