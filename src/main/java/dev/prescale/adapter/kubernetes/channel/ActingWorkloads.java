package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.WorkloadScale;
import dev.prescale.control.WorkloadView;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Workloads that are seen by one and scaled by another. Safe for use by many threads. */
public final class ActingWorkloads implements WorkloadScale {
    private final WorkloadView seen;
    private final WorkloadChannels channels;
    private final Map<EndpointId, String> contested = new ConcurrentHashMap<>();
    private volatile InForce inForce = new InForce(Map.of(), Map.of());

    private record InForce(Map<EndpointId, EndpointSpec> specs, Map<EndpointId, EndpointId> conflicts) {
        InForce {
            specs = Map.copyOf(specs);
            conflicts = Map.copyOf(conflicts);
        }
    }

    public ActingWorkloads(WorkloadView seen, WorkloadChannels channels) {
        this.seen = seen;
        this.channels = channels;
    }

    /**
     * Says what is carried out how.
     *
     * @param conflicts the older specification of the same target, for those that have one
     */
    public void replaceSpecs(Map<EndpointId, EndpointSpec> specs, Map<EndpointId, EndpointId> conflicts) {
        inForce = new InForce(specs, conflicts);
        contested.keySet().retainAll(specs.keySet());
    }

    @Override
    public State state(EndpointId endpoint, Instant now) {
        return seen.state(endpoint, now);
    }

    @Override
    public Outcome carryOut(EndpointId endpoint, Order order, Instant now) {
        InForce present = inForce;
        EndpointSpec spec = present.specs().get(endpoint);
        if (spec == null) {
            return new NotScaled("no specification of " + endpoint + " is in force");
        }
        Outcome outcome = channels.carryOut(spec, present.conflicts().get(endpoint), order, now);
        if (outcome instanceof Contested(String reason)) {
            contested.put(endpoint, reason);
        } else {
            contested.remove(endpoint);
        }
        return outcome;
    }

    @Override
    public Outcome scaleTo(EndpointId endpoint, int replicas, Instant now) {
        return switch (state(endpoint, now)) {
            case Replicas there -> carryOut(endpoint, new Order(there.currentReplicas(), replicas, true), now);
            case Unknown unknown -> new NotScaled(unknown.reason());
        };
    }

    /** Whose workloads somebody else scales, as it was found in the last cycle, and who. */
    public Map<EndpointId, String> contested() {
        return Map.copyOf(contested);
    }
}
