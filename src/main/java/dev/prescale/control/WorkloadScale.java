package dev.prescale.control;

import java.time.Instant;

/** Port: the thing that is scaled. */
public interface WorkloadScale {
    State state(EndpointId endpoint, Instant now);

    /** Asks for this many replicas; what came of it. */
    Outcome scaleTo(EndpointId endpoint, int replicas, Instant now);

    /** What is known of a workload. */
    sealed interface State {}

    /**
     * @param currentReplicas asked for (spec)
     * @param readyReplicas serving
     */
    record Replicas(int currentReplicas, int readyReplicas, boolean rolloutInProgress) implements State {}

    /** The workload cannot be seen; nothing is decided for it. */
    record Unknown(String reason) implements State {}

    /** What came of a scale call. */
    sealed interface Outcome {}

    record Scaled() implements Outcome {}

    /** The mode does not act, or the call failed; the reason is shown. */
    record NotScaled(String reason) implements Outcome {}
}
