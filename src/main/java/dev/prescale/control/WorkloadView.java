package dev.prescale.control;

import java.time.Instant;

/** Port: the thing that is scaled, as it is seen. */
@FunctionalInterface
public interface WorkloadView {
    WorkloadScale.State state(EndpointId endpoint, Instant now);
}
