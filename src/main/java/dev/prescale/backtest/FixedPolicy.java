package dev.prescale.backtest;

import dev.prescale.control.WorkloadScale;

/** The fewest constant replicas that serve every minute of the replay. What sizing for the peak costs. */
record FixedPolicy() implements ReplayPolicy {
    @Override
    public String name() {
        return FIXED;
    }

    @Override
    public int initialReplicas(ReplaySetup setup, ReplaySetup.Endpoint endpoint) {
        return new RequiredReplicas(endpoint).mostIn(setup.from(), setup.to());
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return now -> {};
    }
}
