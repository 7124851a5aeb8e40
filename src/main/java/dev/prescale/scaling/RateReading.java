package dev.prescale.scaling;

import dev.prescale.series.Require;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is known of the present request rate (or of a metric). Missing is never zero. */
public sealed interface RateReading {
    /** @param value req/s, or the metric's own unit; finite and >= 0; a true zero is a reading */
    record Known(double value) implements RateReading {
        public Known {
            Require.that(
                    value >= 0 && value < Double.POSITIVE_INFINITY, "value must be finite and >= 0, was %s", value);
        }
    }

    /**
     * The source answered and had nothing, or what it had makes no load yet.
     *
     * @param reason goes on after "no data for ...:"; null where the source had nothing
     */
    record NoData(@Nullable String reason) implements RateReading {
        public NoData() {
            this(null);
        }
    }

    /** The newest sample is too old to act on. */
    record Stale(Duration age) implements RateReading {}

    /** The source could not be read. */
    record Failed(String reason) implements RateReading {}
}
