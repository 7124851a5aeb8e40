package dev.prescale.backtest;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetListener;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.ScalingDecision;
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
            // a replay starts from nothing and is told by its rows; its decisions need not survive it
            var ports = new Fleet.Ports(new RevealedHistory(setup), workloads, DecisionLog.NONE, new LoudListener());
            Fleet fleet = new Fleet(ports, brain, setup.cycle());
            fleet.replaceSpecs(setup.specs().stream().map(variant).toList(), setup.from());
            return fleet;
        });
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return new FleetController(fleet.apply(setup, workloads));
    }

    private record FleetController(Fleet fleet) implements Controller {
        @Override
        public void runCycle(Instant now) {
            fleet.runCycle(now);
        }

        @Override
        public Optional<ScalingDecision> latest(EndpointId endpoint) {
            return fleet.snapshot(endpoint).map(EndpointSnapshot::latest).map(DecisionRecord::decision);
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
