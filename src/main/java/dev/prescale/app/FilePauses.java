package dev.prescale.app;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.PauseLog;
import dev.prescale.control.PauseNote;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pauses of endpoints whose specifications are files, laid over what the files say. Read once from where they are kept and written through;
 * safe for use by many threads.
 */
final class FilePauses {
    private final Supplier<PauseLog> log;
    private @Nullable Map<EndpointId, PauseNote> pauses;

    /** @param log asked when it is needed first: a demo never does */
    FilePauses(Supplier<PauseLog> log) {
        this.log = log;
    }

    /** The specifications as they are in force. */
    synchronized List<EndpointSpec> laidOver(List<EndpointSpec> files) {
        return files.isEmpty() || known().isEmpty()
                ? files
                : files.stream().map(this::laidOver).toList();
    }

    private EndpointSpec laidOver(EndpointSpec spec) {
        PauseNote note = known().get(spec.id());
        return note == null || spec.pausing().paused()
                ? spec
                : spec.withPausing(new Pausing(true, spec.pausing().scaleInPaused(), note));
    }

    synchronized Optional<PauseNote> of(EndpointId endpoint) {
        return Optional.ofNullable(known().get(endpoint));
    }

    synchronized void put(EndpointId endpoint, PauseNote note) {
        Map<EndpointId, PauseNote> present = known();
        log.get().put(endpoint, note);
        present.put(endpoint, note);
    }

    synchronized void remove(EndpointId endpoint) {
        Map<EndpointId, PauseNote> present = known();
        log.get().remove(endpoint);
        present.remove(endpoint);
    }

    private Map<EndpointId, PauseNote> known() {
        Map<EndpointId, PauseNote> present = pauses;
        if (present == null) {
            present = new HashMap<>(log.get().read());
            pauses = present;
        }
        return present;
    }
}
