package dev.prescale.adapter.cli;

import java.time.Instant;

/** A time that was given as such, or as how long before the present. */
@FunctionalInterface
public interface Moment {
    Instant at(Instant now);
}
