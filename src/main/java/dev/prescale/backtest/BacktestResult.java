package dev.prescale.backtest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backtest found.
 *
 * @param scorecard a row per policy, in the order asked for
 * @param equalService the same policies at the violation minutes of Prescale; empty where Prescale did not run
 * @param frontier what the policies cost with their headroom moved, in the order of the policies, each by headroom
 * @param advice sentences, the most important one first
 */
public record BacktestResult(
        Scorecard scorecard, List<EqualService> equalService, List<Point> frontier, List<String> advice) {
    public BacktestResult {
        equalService = List.copyOf(equalService);
        frontier = List.copyOf(frontier);
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

    /**
     * One run of a policy.
     *
     * @param headroom of {@link ReplayPolicy#withHeadroom}; 1 is the policy as it is
     */
    public record Point(String policy, double headroom, double replicaHours, double violationMinutes) {}
}
