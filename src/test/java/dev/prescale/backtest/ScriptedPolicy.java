package dev.prescale.backtest;

import dev.prescale.control.WorkloadScale;
import java.time.Duration;
import java.util.Map;

/** Asks for numbers of replicas at given times after the beginning, and for nothing in between. */
record ScriptedPolicy(int initialReplicas, Map<Duration, Integer> orders) implements ReplayPolicy {
    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public int initialReplicas(ReplaySetup setup, ReplaySetup.Endpoint endpoint) {
        return initialReplicas;
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return now -> {
            Integer replicas = orders.get(Duration.between(setup.from(), now));
            if (replicas != null) {
                setup.specs().forEach(spec -> workloads.scaleTo(spec.id(), replicas, now));
            }
        };
    }
}
