package dev.prescale.config;

import dev.prescale.backtest.Simulation;
import dev.prescale.backtest.StartTime;
import java.time.Duration;

/**
 * The {@code simulation} of a backtest.
 *
 * @param seed of everything that chance does
 * @param startTime of replicas, beyond what nodes and images take
 * @param warmUp beginning of the trace that is history only, whole minutes
 * @param cycle time between two control cycles
 */
public record SimulationRequest(
        long seed, StartTime startTime, Duration warmUp, Duration cycle, Simulation simulation) {}
