package dev.prescale.config;

import dev.prescale.backtest.ReplayPeriod;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.Simulation;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.Trace;
import dev.prescale.control.EndpointSpec;
import java.time.Duration;
import java.util.List;

/**
 * The {@code simulation} of a backtest.
 *
 * @param seed of everything that chance does
 * @param startTime of replicas, beyond what nodes and images take
 * @param warmUp beginning of the trace that is history only, whole minutes
 * @param cycle time between two control cycles
 */
public record SimulationRequest(
        long seed, StartTime startTime, Duration warmUp, Duration cycle, Simulation simulation) {
    SimulationRequest withWarmUp(Duration other) {
        return new SimulationRequest(seed, startTime, other, cycle, simulation);
    }

    /** The replay of a trace in this world; throws {@link IllegalArgumentException} where it cannot be replayed. */
    public ReplaySetup of(Trace trace, EndpointSpec spec, ReplayPeriod period) {
        return new ReplaySetup(
                List.of(new ReplaySetup.Endpoint(trace, spec, startTime)),
                period.from(),
                period.to(),
                cycle,
                simulation,
                seed);
    }
}
