package dev.prescale.config;

import dev.prescale.backtest.ReplaySetup;
import java.util.List;

/**
 * What {@code POST /api/v1/backtests} asks for.
 *
 * @param setup with one endpoint
 * @param policies names, each one known and once
 */
public record BacktestRequest(ReplaySetup setup, List<String> policies) {
    public BacktestRequest {
        policies = List.copyOf(policies);
    }
}
