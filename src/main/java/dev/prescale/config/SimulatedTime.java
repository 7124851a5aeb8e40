package dev.prescale.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A clock of its own for the service, to rehearse on a recorded history: a cycle at {@code start} and after each cycle interval
 * of simulated time, until {@code end}. No cycle is left out: the clock waits for each.
 *
 * @param speed simulated seconds per second at most; {@link #AS_FAST_AS_CYCLES} for no limit
 */
public record SimulatedTime(Instant start, Instant end, int speed) {
    public static final int AS_FAST_AS_CYCLES = 0;

    static final Key<Instant> START = Key.optional(
            "prescale.clock.start",
            ValueTypes.INSTANT,
            "For rehearsals: time is simulated from here on, a cycle at this instant and after each cycle interval; where left"
                    + " out the clock of the machine.");
    static final Key<Instant> END = Key.optional(
            "prescale.clock.end",
            ValueTypes.INSTANT,
            "No cycle at or after this instant; simulated time stands still then, and the service goes on answering.");
    static final Key<Integer> SPEED = Key.optional(
            "prescale.clock.speed",
            ValueTypes.wholeNumber(1, 1_000_000),
            "Simulated seconds per second at most; where left out as fast as cycles are done.");

    /** Null where time is not simulated. */
    static @Nullable SimulatedTime read(ObjectReader reader) {
        Instant start = reader.find(START);
        Instant end = reader.find(END);
        Integer speed = reader.find(SPEED);
        boolean isStarted = reader.has(START);
        if (isStarted && !reader.has(END)) {
            reader.refuse(END, "is required with " + START.name());
        } else if (!isStarted && reader.has(END)) {
            reader.violations().add(START.name(), null, "is required with " + END.name());
        }
        if (!isStarted && reader.has(SPEED)) {
            reader.refuse(SPEED, "must stand beside " + START.name());
        }
        if (start == null || end == null) {
            return null;
        }
        if (!start.isBefore(end)) {
            reader.refuse(END, "must be after %s, which is %s".formatted(START.name(), start));
        }
        return new SimulatedTime(start, end, speed == null ? AS_FAST_AS_CYCLES : speed);
    }
}
