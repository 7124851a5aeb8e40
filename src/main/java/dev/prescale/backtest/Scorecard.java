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

    /** With the regret of each score to the oracle's, where there is one. */
    static Scorecard of(
            ReplaySetup setup, ReplaySetup.Endpoint endpoint, Instant from, Instant to, List<Score> scores) {
        Score oracle = scores.stream()
                .filter(score -> score.policy().equals(ReplayPolicy.ORACLE))
                .findFirst()
                .orElse(null);
        return new Scorecard(
                endpoint.trace().name(),
                setup.seed(),
                from,
                to,
                endpoint.startTime().p90().plus(setup.cycle()),
                scores.stream().map(score -> score.withRegret(oracle)).toList());
    }

    public Optional<Score> of(String policy) {
        return scores.stream().filter(score -> score.policy().equals(policy)).findFirst();
    }

    /**
     * One policy's row. Minutes that the trace does not have are left out of every number.
     *
     * <p>With {@code r(t)} ready replicas and {@code d(t)} demand in replicas at full use (demand over capacity; by a latency
     * target the whole replicas that it needs), both of a minute at its end:
     * <pre>
     *   replicaHours     = integral of r
     *   violationMinutes = minutes with d > r
     *   unservedShare    = requests above what r replicas sustain / all requests
     *   cost             = idle * integral of d  +  idle * integral of max(r - d, 0)  +  unserved * integral of max(d - r, 0)
     *                    = replicaHours + (unserved + 1) * missing replica-hours, in units of {@code idle}
     * </pre>
     * where {@code unserved : idle} is {@code predictive.cost} of the specification: the newsvendor cost, on top of what serving the
     * demand costs anyone.
     *
     * @param replicaHours ready replicas; what starts is not counted, as it serves nobody yet
     * @param violationMinutes a whole number: each minute is violated or not
     * @param waitP95 seconds that 95 % of the requests waited for a slot at most, those that left included; see {@link WaitingLine}
     * @param abandonedShare requests that left before they were served / all requests
     * @param scaleActions changes of the replicas asked for
     * @param peakReplicas most ready replicas
     * @param regret cost over the oracle's cost, minus 1; null where no oracle ran
     */
    public record Score(
            String policy,
            double replicaHours,
            double violationMinutes,
            double unservedShare,
            double waitP95,
            double abandonedShare,
            int scaleActions,
            int peakReplicas,
            double cost,
            @Nullable Double regret) {

        /** @param unservedPerIdle what a missing replica-hour costs over what an idle one does */
        static Score of(String policy, Ledger.Account account, double unservedPerIdle) {
            Ledger.Totals totals = account.totals();
            double replicaHours = totals.readySeconds() / SECONDS_PER_HOUR;
            double missingHours = totals.missingSeconds() / SECONDS_PER_HOUR;
            return new Score(
                    policy,
                    replicaHours,
                    totals.violationMinutes(),
                    totals.requests() == 0 ? 0 : totals.unservedRequests() / totals.requests(),
                    account.waits().waitP95(),
                    account.waits().abandonedShare(),
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
                    abandonedShare,
                    scaleActions,
                    peakReplicas,
                    cost,
                    over);
        }

        private static final double SECONDS_PER_HOUR = 3_600;
    }
}
