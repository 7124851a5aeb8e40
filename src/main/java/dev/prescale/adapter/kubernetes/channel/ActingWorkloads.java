package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.WorkloadScale;
import java.time.Instant;
import java.util.Map;

/** Workloads that are seen by one and scaled by another. Safe for use by many threads. */
public final class ActingWorkloads implements WorkloadScale {
    private final WorkloadScale seen;
    private final WorkloadChannels channels;
    private volatile InForce inForce = new InForce(Map.of(), Map.of());

    private record InForce(Map<EndpointId, EndpointSpec> specs, Map<EndpointId, EndpointId> conflicts) {
        InForce {
            specs = Map.copyOf(specs);
            conflicts = Map.copyOf(conflicts);
        }
    }

    /** @param seen whose states are those of the workloads */
    public ActingWorkloads(WorkloadScale seen, WorkloadChannels channels) {
        this.seen = seen;
        this.channels = channels;
    }

    /**
     * Says what is carried out how.
     *
     * @param conflicts for each specification that may not act, the one that has its target
     */
    public void replaceSpecs(Map<EndpointId, EndpointSpec> specs, Map<EndpointId, EndpointId> conflicts) {
        inForce = new InForce(specs, conflicts);
    }

    @Override
    public State state(EndpointId endpoint, Instant now) {
        return seen.state(endpoint, now);
    }

    @Override
    public Outcome carryOut(EndpointId endpoint, Order order, Instant now) {
        InForce present = inForce;
        EndpointSpec spec = present.specs().get(endpoint);
        return spec == null
                ? new NotScaled("no specification of " + endpoint + " is in force")
                : channels.carryOut(spec, present.conflicts().get(endpoint), order, now);
    }

    /** On what is seen now. */
    @Override
    public Outcome scaleTo(EndpointId endpoint, int replicas, Instant now) {
        return switch (seen.state(endpoint, now)) {
            case Unknown unknown -> new NotScaled(unknown.reason());
            case Replicas present -> carryOut(endpoint, new Order(present.currentReplicas(), replicas, true), now);
        };
    }
}
