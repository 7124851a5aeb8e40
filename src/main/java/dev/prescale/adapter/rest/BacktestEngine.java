package dev.prescale.adapter.rest;

import dev.prescale.backtest.BacktestWatch;
import dev.prescale.config.BacktestRequest;
import java.util.Optional;

/** Port: replays what a request asks for, sharing nothing that changes with whatever else runs in this process. */
public interface BacktestEngine {
    /**
     * Runs to the end on threads of its own; called from one thread at a time.
     *
     * @return empty where the watch stopped it
     */
    Optional<Replayed> run(BacktestRequest request, BacktestWatch watch);
}
