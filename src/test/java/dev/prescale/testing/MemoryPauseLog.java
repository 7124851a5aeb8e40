package dev.prescale.testing;

import dev.prescale.control.EndpointId;
import dev.prescale.control.PauseLog;
import dev.prescale.control.PauseNote;
import java.util.Map;
import java.util.TreeMap;

/** A pause log without a disk. */
public final class MemoryPauseLog implements PauseLog {
    private final Map<EndpointId, PauseNote> kept = new TreeMap<>();

    @Override
    public Map<EndpointId, PauseNote> read() {
        return Map.copyOf(kept);
    }

    @Override
    public void put(EndpointId endpoint, PauseNote note) {
        kept.put(endpoint, note);
    }

    @Override
    public void remove(EndpointId endpoint) {
        kept.remove(endpoint);
    }
}
