package dev.prescale.adapter.rest;

import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.PauseNote;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who holds an endpoint's replicas, since when and why, as far as they said. */
@Schema(name = "Pause", description = "Who holds the replicas, since when and why; null is not known.")
record PauseState(
        @Nullable String by, @Nullable Instant at, @Nullable String reason) {
    /** Null where the replicas are not held. */
    static @Nullable PauseState of(Pausing pausing) {
        PauseNote note = pausing.note();
        return pausing.paused() ? new PauseState(note.by(), note.at(), note.reason()) : null;
    }
}
