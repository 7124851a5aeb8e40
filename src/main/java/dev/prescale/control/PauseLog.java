package dev.prescale.control;

import java.util.Map;

/** Port: pauses of endpoints whose specification nobody but its author can write, kept over a restart of the process. */
public interface PauseLog {
    /** All that are kept. */
    Map<EndpointId, PauseNote> read();

    /** Keeps a pause, in place of the one before. */
    void put(EndpointId endpoint, PauseNote note);

    void remove(EndpointId endpoint);
}
