package dev.prescale.adapter.sqlite;

import java.time.Instant;

/** Time as it is stored: nanoseconds since the epoch, as line protocol has it. */
final class EpochNanos {
    static final long PER_SECOND = 1_000_000_000L;

    private EpochNanos() {}

    /** An instant beyond what 64 bits hold (the years 1678 to 2262) becomes the nearest one that they do. */
    static long of(Instant instant) {
        if (instant.isBefore(LineSample.EARLIEST)) {
            return of(LineSample.EARLIEST);
        }
        if (instant.isAfter(LineSample.LATEST)) {
            return of(LineSample.LATEST);
        }
        return instant.getEpochSecond() * PER_SECOND + instant.getNano();
    }

    static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }
}
