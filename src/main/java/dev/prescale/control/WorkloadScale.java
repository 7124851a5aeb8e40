package dev.prescale.control;

import dev.prescale.scaling.Observation.PodReading;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: the thing that is scaled. */
public interface WorkloadScale extends WorkloadView {
    /** Asks for this many replicas; what came of it. */
    Outcome scaleTo(EndpointId endpoint, int replicas, Instant now);

    /**
     * Carries out what a cycle has decided. Called for every decision that changes something, and in all modes but Observe for every
     * decision: a floor has to be kept up, and it is to be known at any time whether somebody else scales there. Who is content
     * with the first overrides only {@link #scaleTo}.
     */
    default Outcome carryOut(EndpointId endpoint, Order order, Instant now) {
        return order.changesSomething()
                ? scaleTo(endpoint, order.replicas(), now)
                : new NotScaled(NotScaled.NOTHING_TO_DO);
    }

    /**
     * What a cycle has decided.
     *
     * @param currentReplicas that it was decided on; where there are others now, it is out of date
     * @param isRateKnown whether it was decided on a present request rate; without one it holds what is there
     */
    record Order(int currentReplicas, int replicas, boolean isRateKnown) {
        public boolean changesSomething() {
            return replicas != currentReplicas;
        }
    }

    /** What is known of a workload. */
    sealed interface State {}

    /**
     * @param currentReplicas asked for (spec)
     * @param readyReplicas serving
     * @param pods readings by pod, empty where there are none
     * @param template hash of the pod template in force; null where it cannot be told
     * @param starts of present replicas, those that are not ready yet included; the same one is reported again and again
     */
    record Replicas(
            int currentReplicas,
            int readyReplicas,
            boolean rolloutInProgress,
            List<PodReading> pods,
            @Nullable String template,
            List<ReplicaStart> starts)
            implements State {
        public Replicas {
            pods = List.copyOf(pods);
            starts = List.copyOf(starts);
        }

        /** A workload without pods that could be looked at. */
        public Replicas(int currentReplicas, int readyReplicas, boolean rolloutInProgress) {
            this(currentReplicas, readyReplicas, rolloutInProgress, List.of(), null, List.of());
        }
    }

    /** The workload cannot be seen; nothing is decided for it. */
    record Unknown(String reason) implements State {}

    /** What came of a scale call. */
    sealed interface Outcome {}

    record Scaled() implements Outcome {}

    /** The mode does not act, or the call failed; the reason is shown. */
    record NotScaled(String reason) implements Outcome {
        public static final String NOTHING_TO_DO = "nothing to do";
    }

    /** Somebody else scales the same workload, and is not fought. */
    record Contested(String reason) implements Outcome {}

    /** KEDA asks for the decisions of this endpoint and carries them out. */
    record LeftToKeda() implements Outcome {
        /** As it is shown. */
        public static final String REASON = "left to KEDA, which asks for it";
    }

    /** Another replica of Prescale, which decides the same, acts for this endpoint. */
    record LeftToAnother() implements Outcome {
        /** As it is shown. */
        public static final String REASON = "another replica of Prescale acts for this endpoint";
    }
}
