package dev.prescale.control;

import dev.prescale.series.Require;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One replica from its creation until it served. Instants that cannot be told are null.
 *
 * @param id of the start, such as a pod's UID: who reports a start twice counts it once
 * @param template hash of the pod template it was started from
 * @param scheduled when it had been given a node
 * @param imageReady when its image had been pulled, seen as the start of its first container
 * @param ready when it was ready for the first time; null while it is not
 */
public record ReplicaStart(
        String id,
        String template,
        Instant created,
        @Nullable Instant scheduled,
        @Nullable Instant imageReady,
        @Nullable Instant ready) {
    private static final int LONGEST_TEXT = 253;

    public ReplicaStart {
        Require.that(!id.isBlank() && id.length() <= LONGEST_TEXT, "id must have 1 to 253 characters, was %s", id);
        Require.that(template.length() <= LONGEST_TEXT, "template must have at most 253 characters, was %s", template);
        if (ready != null) {
            Require.that(!ready.isBefore(created), "ready must not be before created, was %s %s", ready, created);
        }
    }

    /** From creation to ready; null while it is not. */
    public @Nullable Duration duration() {
        return ready == null ? null : Duration.between(created, ready);
    }

    /** From creation until it had a node. */
    public @Nullable Duration scheduling() {
        return between(created, scheduled);
    }

    /** From its node until its image was there. */
    public @Nullable Duration image() {
        return between(scheduled, imageReady);
    }

    /** From its image until it served. */
    public @Nullable Duration start() {
        return between(imageReady, ready);
    }

    /** Null where either end is not known; clocks of different machines never make it negative. */
    private static @Nullable Duration between(@Nullable Instant from, @Nullable Instant to) {
        if (from == null || to == null) {
            return null;
        }
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }
}
