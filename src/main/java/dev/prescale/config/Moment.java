package dev.prescale.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A time that was given as such, or as how long before the present. */
@FunctionalInterface
public interface Moment {
    Moment NOW = now -> now;

    Instant at(Instant now);

    /** An instant in ISO-8601 with offset, or {@code -28d}, {@code -P28D}; empty for anything else. */
    static Optional<Moment> parse(String text) {
        String stripped = text.strip();
        Duration ago = stripped.startsWith("-") ? Durations.parse(stripped.substring(1)) : null;
        if (ago != null) {
            return Optional.of(now -> now.minus(ago));
        }
        try {
            Instant at = ValueTypes.withinYears(OffsetDateTime.parse(stripped)).toInstant();
            return Optional.of(now -> at);
        } catch (DateTimeException wrong) {
            return Optional.empty();
        }
    }
}
