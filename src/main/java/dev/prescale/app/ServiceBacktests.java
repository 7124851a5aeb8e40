package dev.prescale.app;

import dev.prescale.adapter.rest.BacktestEngine;
import dev.prescale.backtest.Backtest;
import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.BacktestWatch;
import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.config.BacktestRequest;
import dev.prescale.control.Fleet;
import dev.prescale.forecast.SharedModel;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Backtests beside the running service: with a brain and threads of their own, so that the control loop does not feel them. */
@Singleton
class ServiceBacktests implements BacktestEngine {
    private final SharedModel shared;
    private final ProcessorPool pool = ProcessorPool.besideTheService("backtest");

    /** @param shared what was learned across endpoints, which nobody changes */
    ServiceBacktests(SharedModel shared) {
        this.shared = shared;
    }

    @Override
    public Optional<BacktestResult> run(BacktestRequest request, BacktestWatch watch) {
        Fleet.Brain brain = Brains.production(shared);
        List<ReplayPolicy> policies = BacktestPolicies.of(request.policies(), brain);
        return new Backtest(request.setup(), policies, pool, watch).run(policy -> Replay.Listener.NONE);
    }

    @PreDestroy
    void close() {
        pool.close();
    }
}
