package dev.prescale.adapter.sqlite;

import dev.prescale.series.Require;
import java.time.Instant;

/**
 * One numeric field of one line.
 *
 * @param at within {@link #EARLIEST} and {@link #LATEST}, which 64 bits of nanoseconds can tell apart
 * @param value finite; negative ones are stored, since not every field is a rate
 */
public record LineSample(SeriesKey series, Instant at, double value) {
    static final Instant EARLIEST = Instant.parse("1678-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("2262-01-01T00:00:00Z");

    public LineSample {
        Require.that(
                !at.isBefore(EARLIEST) && at.isBefore(LATEST),
                "time must be in [%s, %s), was %s",
                EARLIEST,
                LATEST,
                at);
        Require.that(Double.isFinite(value), "value must be finite, was %s", value);
    }
}
