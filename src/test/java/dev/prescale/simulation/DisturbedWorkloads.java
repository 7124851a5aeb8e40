package dev.prescale.simulation;

import dev.prescale.control.EndpointId;
import dev.prescale.control.WorkloadScale;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Workloads that roll out, cannot be seen, or are scaled by somebody else; keeps what they were asked for. */
final class DisturbedWorkloads implements WorkloadScale {
    private final WorkloadScale workloads;
    private final Map<Instant, List<Integer>> sent = new HashMap<>();
    private boolean isRollingOut;
    private boolean isHidden;

    DisturbedWorkloads(WorkloadScale workloads) {
        this.workloads = workloads;
    }

    void rollOut(boolean isInProgress) {
        isRollingOut = isInProgress;
    }

    void hide(boolean hidden) {
        isHidden = hidden;
    }

    /** Somebody else scales. */
    void meddle(EndpointId endpoint, int replicas, Instant now) {
        workloads.scaleTo(endpoint, replicas, now);
    }

    List<Integer> sentAt(Instant at) {
        return sent.getOrDefault(at, List.of());
    }

    int calls() {
        return sent.size();
    }

    @Override
    public State state(EndpointId endpoint, Instant now) {
        if (isHidden) {
            return new Unknown("simulated: the API server does not answer");
        }
        State state = workloads.state(endpoint, now);
        return state instanceof Replicas replicas
                ? new Replicas(replicas.currentReplicas(), replicas.readyReplicas(), isRollingOut)
                : state;
    }

    @Override
    public Outcome scaleTo(EndpointId endpoint, int replicas, Instant now) {
        sent.computeIfAbsent(now, at -> new ArrayList<>()).add(replicas);
        return workloads.scaleTo(endpoint, replicas, now);
    }
}
