package dev.prescale.backtest;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.control.RateHistory;
import dev.prescale.control.WorkloadScale;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A policy that is the production control cycle. */
record FleetPolicy(String name, Starter starter) implements ReplayPolicy {
    /** Prepares what outlives a fleet, and gives what starts one at an instant. */
    @FunctionalInterface
    interface Starter {
        Function<Instant, Fleet> on(ReplaySetup setup, WorkloadScale workloads);
    }

    /** @param variant what the policy makes of a specification */
    static FleetPolicy headless(String name, Fleet.Brain brain, UnaryOperator<EndpointSpec> variant) {
        return new FleetPolicy(name, (setup, workloads) -> {
            List<EndpointSpec> specs = setup.specs().stream().map(variant).toList();
            RateHistory history = DisturbedHistory.of(setup);
            // a replay without restarts is told by its rows; its decisions need not survive it
            DecisionLog journal = setup.simulation().restarts() == null ? DecisionLog.NONE : new SurvivingJournal();
            var calls = new WatchedCalls(workloads);
            var ports = new Fleet.Ports(history, calls, journal, calls.listener(setup));
            return begin -> {
                Fleet fleet = new Fleet(ports, brain, setup.cycle());
                fleet.replaceSpecs(specs, begin);
                return fleet;
            };
        });
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        // the controller of an HPA is not what is restarted
        Restarts restarts = name.equals(PRESCALE) ? setup.simulation().restarts() : null;
        return new FleetController(starter.on(setup, workloads), setup, restarts);
    }
}
