package dev.prescale.backtest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backtest found.
 *
 * @param scorecard a row per policy, in the order asked for
 * @param equalService the same policies at the violation minutes of Prescale; empty where Prescale did not run
 * @param advice sentences, the most important one first
 */
public record BacktestResult(Scorecard scorecard, List<EqualService> equalService, List<String> advice) {
    public BacktestResult {
        equalService = List.copyOf(equalService);
        advice = List.copyOf(advice);
    }

    /**
     * A policy after its headroom was moved until its violation minutes were those of Prescale.
     *
     * @param violationMinutes those of Prescale; where no headroom reached them, the fewest that were
     * @param replicaHours between the two nearest runs; null where no headroom reached them
     */
    public record EqualService(
            String policy,
            double violationMinutes,
            @Nullable Double replicaHours) {}
}
