package dev.prescale.backtest;

import dev.prescale.control.EndpointId;
import dev.prescale.control.WorkloadScale;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The workloads of one policy in a replay: scale calls always act, whatever the mode of the specification, and replicas take
 * their time to start. Simulated time is advanced by {@link #settle}, which also keeps the accounts.
 */
public final class SimulatedWorkload implements WorkloadScale {
    private final Map<EndpointId, SimulatedEndpoint> endpoints = new TreeMap<>();

    /**
     * @param policy whose initial replicas are ready at the beginning
     * @param listener gets the rows of minutes that have ended
     */
    SimulatedWorkload(ReplaySetup setup, ReplayPolicy policy, Replay.Listener listener) {
        for (ReplaySetup.Endpoint endpoint : setup.endpoints()) {
            EndpointId id = endpoint.id();
            endpoints.put(id, new SimulatedEndpoint(setup, endpoint, policy, row -> listener.minuteScored(id, row)));
        }
    }

    @Override
    public State state(EndpointId endpoint, Instant now) {
        SimulatedEndpoint simulated = endpoints.get(endpoint);
        if (simulated == null) {
            return new Unknown(endpoint + " is not part of this replay");
        }
        SimulatedReplicas replicas = simulated.replicasAt(now);
        return new Replicas(replicas.current(), replicas.ready(), false, List.of(), null, simulated.starts());
    }

    @Override
    public Outcome scaleTo(EndpointId endpoint, int replicas, Instant now) {
        SimulatedEndpoint simulated = endpoints.get(endpoint);
        return simulated == null
                ? new NotScaled(endpoint + " is not part of this replay")
                : simulated.scaleTo(replicas, now);
    }

    /** Lets time pass and books it. Called for one cycle after another without a hole. */
    void settle(Instant from, Duration length) {
        endpoints.values().forEach(endpoint -> endpoint.settle(from, from.plus(length)));
    }

    Ledger ledger(EndpointId endpoint) {
        SimulatedEndpoint simulated = endpoints.get(endpoint);
        if (simulated == null) {
            throw new IllegalArgumentException(endpoint + " is not part of this replay");
        }
        return simulated.ledger();
    }
}
