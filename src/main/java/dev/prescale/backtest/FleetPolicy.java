package dev.prescale.backtest;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.DecisionSelection;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetListener;
import dev.prescale.control.WorkloadScale;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A policy that is the production control cycle. */
record FleetPolicy(String name, BiFunction<ReplaySetup, WorkloadScale, Fleet> fleet) implements ReplayPolicy {
    /** @param variant what the policy makes of a specification */
    static FleetPolicy headless(String name, Fleet.Brain brain, UnaryOperator<EndpointSpec> variant) {
        return new FleetPolicy(name, (setup, workloads) -> {
            var ports = new Fleet.Ports(new RevealedHistory(setup), workloads, new NoJournal(), new LoudListener());
            Fleet fleet = new Fleet(ports, brain, setup.cycle());
            fleet.replaceSpecs(setup.specs().stream().map(variant).toList(), setup.from());
            return fleet;
        });
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return fleet.apply(setup, workloads)::runCycle;
    }

    /** A replay starts from nothing and is told by its rows; its decisions need not survive it. */
    private static final class NoJournal implements DecisionLog {
        @Override
        public void append(List<DecisionRecord> decisions) {}

        @Override
        public Optional<DecisionRecord> latest(EndpointId endpoint) {
            return Optional.empty();
        }

        @Override
        public List<DecisionRecord> page(EndpointId endpoint, DecisionSelection selection, int limit) {
            return List.of();
        }
    }

    /** In production a faulty endpoint holds; a replay in which one is faulty would be a wrong score. */
    private static final class LoudListener implements FleetListener {
        @Override
        public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {}

        @Override
        public void endpointFailed(EndpointId endpoint, RuntimeException fault) {
            throw new IllegalStateException("the control cycle of " + endpoint + " failed", fault);
        }
    }
}
