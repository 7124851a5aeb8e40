package dev.prescale.backtest;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetPace;
import dev.prescale.control.RateHistory;
import dev.prescale.control.WorkloadScale;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A policy that is the production control cycle.
 *
 * @param headroom by which the target utilizations of a specification are divided
 */
record FleetPolicy(String name, Builder builder, double headroom) implements ReplayPolicy {
    /** Prepares what outlives a fleet, and gives what builds one, without specifications: those are of the setup. */
    @FunctionalInterface
    interface Builder {
        Supplier<Fleet> on(ReplaySetup setup, WorkloadScale workloads);
    }

    static FleetPolicy headless(String name, Fleet.Brain brain) {
        return new FleetPolicy(
                name,
                (setup, workloads) -> {
                    RateHistory history = DisturbedHistory.of(setup);
                    // a replay without restarts is told by its rows; its decisions need not survive it
                    DecisionLog journal =
                            setup.simulation().restarts() == null ? DecisionLog.NONE : new SurvivingJournal();
                    var calls = new WatchedCalls(workloads);
                    var ports = new Fleet.Ports(history, calls, journal, calls.listener(setup));
                    return () -> new Fleet(ports, brain, FleetPace.unseen(setup.cycle()));
                },
                1);
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        List<EndpointSpec> specs = setup.specs().stream()
                .map(spec -> SpecVariants.withHeadroom(spec, headroom))
                .toList();
        Supplier<Fleet> built = builder.on(setup, workloads);
        return new FleetController(
                begin -> {
                    Fleet fleet = built.get();
                    fleet.replaceSpecs(specs, begin);
                    return fleet;
                },
                setup);
    }

    @Override
    public Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.of(new FleetPolicy(name, builder, headroom * factor));
    }
}
