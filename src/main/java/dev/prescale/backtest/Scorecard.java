package dev.prescale.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How policies did on one trace.
 *
 * @param leadTime 90 % quantile of the start times plus one cycle
 * @param scores one per policy, in the order in which they were asked for
 */
public record Scorecard(String trace, long seed, Instant from, Instant to, Duration leadTime, List<Score> scores) {
    public Scorecard {
        scores = List.copyOf(scores);
    }

    public Optional<Score> of(String policy) {
        return scores.stream().filter(score -> score.policy().equals(policy)).findFirst();
    }

    /**
     * One policy's row. Minutes that the trace does not have are left out of every number.
     *
     * <p>With {@code r(t)} ready replicas and {@code d(t)} demand in replicas at full use (demand over capacity; by a latency
     * target the whole replicas that it needs):
     * <pre>
     *   replicaHours     = integral of r
     *   violationMinutes = time in which d > r
     *   unservedShare    = requests above what r replicas sustain / all requests
     *   cost             = idle * integral of d  +  idle * integral of max(r - d, 0)  +  unserved * integral of max(d - r, 0)
     *                    = replicaHours + (unserved + 1) * missing replica-hours, in units of {@code idle}
     * </pre>
     * where {@code unserved : idle} is the ratio of the specification ({@code q / (1 - q)} at its sizing quantile {@code q}):
     * the cost that sizing at that quantile makes least (newsvendor), on top of what serving the demand costs anyone.
     *
     * @param replicaHours ready replicas; what starts is not counted, as it serves nobody yet
     * @param violationMinutes exact time, so that a quarter of a minute counts as 0.25
     * @param waitP95 null: waiting is not modelled, a request above ready capacity counts as unserved
     * @param scaleActions changes of the replicas asked for
     * @param peakReplicas most ready replicas
     * @param regret cost over the oracle's cost, minus 1; null where no oracle ran
     */
    public record Score(
            String policy,
            double replicaHours,
            double violationMinutes,
            double unservedShare,
            @Nullable Double waitP95,
            int scaleActions,
            int peakReplicas,
            double cost,
            @Nullable Double regret) {

        /** @param unservedPerIdle what a missing replica-hour costs over what an idle one does */
        static Score of(String policy, Ledger.Totals totals, double unservedPerIdle) {
            double replicaHours = totals.readySeconds() / SECONDS_PER_HOUR;
            double missingHours = totals.missingSeconds() / SECONDS_PER_HOUR;
            return new Score(
                    policy,
                    replicaHours,
                    totals.violationSeconds() / 60,
                    totals.requests() == 0 ? 0 : totals.unservedRequests() / totals.requests(),
                    null,
                    totals.scaleActions(),
                    totals.peakReady(),
                    replicaHours + (unservedPerIdle + 1) * missingHours,
                    null);
        }

        Score withRegret(@Nullable Score oracle) {
            Double over = oracle == null || oracle.cost == 0 ? null : Double.valueOf(cost / oracle.cost - 1);
            return new Score(
                    policy,
                    replicaHours,
                    violationMinutes,
                    unservedShare,
                    waitP95,
                    scaleActions,
                    peakReplicas,
                    cost,
                    over);
        }

        private static final double SECONDS_PER_HOUR = 3_600;
    }
}
