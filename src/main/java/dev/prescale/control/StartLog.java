package dev.prescale.control;

import java.time.Instant;
import java.util.List;

/** Port: starts of replicas, kept over a restart of the process. */
public interface StartLog {
    /**
     * Keeps these starts. One that is there already is replaced only while it is not ready: readiness that comes back is
     * not a start.
     */
    void append(EndpointId endpoint, List<ReplicaStart> starts);

    /** Starts created at {@code since} or later, oldest first; the newest {@link #MOST_READ} of them. */
    List<ReplicaStart> read(EndpointId endpoint, Instant since);

    /** More than anyone remembers of one endpoint. */
    int MOST_READ = 1_000;

    /** Where nothing outlives the process. */
    StartLog NONE = new StartLog() {
        @Override
        public void append(EndpointId endpoint, List<ReplicaStart> starts) {}

        @Override
        public List<ReplicaStart> read(EndpointId endpoint, Instant since) {
            return List.of();
        }
    };
}
