package dev.prescale.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who paused an endpoint, when and why, as far as they said. It informs people and decides nothing.
 *
 * @param by a name
 * @param reason plain text
 */
public record PauseNote(
        @Nullable String by, @Nullable Instant at, @Nullable String reason) {
    public static final PauseNote NONE = new PauseNote(null, null, null);
}
