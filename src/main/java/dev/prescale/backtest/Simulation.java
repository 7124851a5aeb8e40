package dev.prescale.backtest;

import org.jspecify.annotations.Nullable;

/**
 * The world around the policies of a replay, the same for all of them. With the same seed every policy meets the same
 * chances at the same minute, whatever it has ordered (common random numbers).
 *
 * @param faults of scale calls and starts
 * @param nodes that replicas need; null where there is always room
 * @param samples what goes wrong with what policies read
 * @param restarts of Prescale itself; null for none
 * @param queueing how requests wait
 * @param verified whether invariants are checked after every cycle
 */
public record Simulation(
        WorkloadFaults faults,
        @Nullable NodePool nodes,
        SampleFaults samples,
        @Nullable Restarts restarts,
        Queueing queueing,
        boolean verified) {
    /** Replicas take their start time, and nothing goes wrong. */
    public static final Simulation PLAIN =
            new Simulation(WorkloadFaults.NONE, null, SampleFaults.NONE, null, Queueing.DEFAULT, true);

    /** The same with other faults of workloads. */
    public Simulation with(WorkloadFaults other) {
        return new Simulation(other, nodes, samples, restarts, queueing, verified);
    }

    /** The same with nodes. */
    public Simulation with(NodePool other) {
        return new Simulation(faults, other, samples, restarts, queueing, verified);
    }

    /** The same with other faults of samples. */
    public Simulation with(SampleFaults other) {
        return new Simulation(faults, nodes, other, restarts, queueing, verified);
    }

    /** The same with restarts. */
    public Simulation with(Restarts other) {
        return new Simulation(faults, nodes, samples, other, queueing, verified);
    }

    /** The same with requests that wait otherwise. */
    public Simulation with(Queueing other) {
        return new Simulation(faults, nodes, samples, restarts, other, verified);
    }
}
