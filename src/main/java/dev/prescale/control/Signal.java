package dev.prescale.control;

import java.time.Duration;
import java.time.Instant;

/** A number that another autoscaler scales on, or why there is none. What cannot be vouched for is never 0. */
public sealed interface Signal {
    /**
     * @param value finite and not negative
     * @param at time of the cycle that it comes from
     */
    record Known(double value, Instant at) implements Signal {
        public Duration age(Instant now) {
            return Duration.between(at, now);
        }
    }

    /** @param reason a sentence */
    record Unknown(Cause cause, String reason) implements Signal {}

    /** Why there is no number. */
    enum Cause {
        /** The endpoint has not been through a cycle yet, or nothing has been decided. */
        NOT_YET(true),
        /** The last cycle that knew the request rate is too long ago. */
        TOO_OLD(true),
        /** There is no forecast to act on yet. */
        NO_FORECAST(false),
        /** The health gate distrusts the forecast. */
        DISTRUSTED(false),
        /** The specification asks for no forecast, or its capacity cannot be told per replica. */
        NOT_OFFERED(false);

        private final boolean passing;

        Cause(boolean passing) {
            this.passing = passing;
        }

        /** Whether the next cycle may well know it: worth asking again soon. */
        public boolean isPassing() {
            return passing;
        }
    }
}
