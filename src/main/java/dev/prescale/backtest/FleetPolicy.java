package dev.prescale.backtest;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetListener;
import dev.prescale.control.FleetPace;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.ScalingDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A policy that is the production control cycle.
 *
 * @param fleet without specifications, which are those of the setup
 * @param headroom by which the target utilizations of a specification are divided
 */
record FleetPolicy(String name, BiFunction<ReplaySetup, WorkloadScale, Fleet> fleet, double headroom)
        implements ReplayPolicy {
    static FleetPolicy headless(String name, Fleet.Brain brain) {
        return new FleetPolicy(
                name,
                (setup, workloads) -> {
                    // a replay starts from nothing and is told by its rows; its decisions need not survive it
                    var ports = new Fleet.Ports(
                            new RevealedHistory(setup), workloads, DecisionLog.NONE, new LoudListener());
                    return new Fleet(ports, brain, FleetPace.unseen(setup.cycle()));
                },
                1);
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        Fleet controlling = fleet.apply(setup, workloads);
        controlling.replaceSpecs(
                setup.specs().stream()
                        .map(spec -> SpecVariants.withHeadroom(spec, headroom))
                        .toList(),
                setup.from());
        return new FleetController(controlling);
    }

    @Override
    public Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.of(new FleetPolicy(name, fleet, headroom * factor));
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
