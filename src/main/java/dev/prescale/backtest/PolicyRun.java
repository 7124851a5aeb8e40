package dev.prescale.backtest;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.control.EndpointId;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.series.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * One policy replayed alone on one endpoint to the end.
 *
 * @param reasons of its decisions; none where the policy gives none
 */
record PolicyRun(ReplayPolicy policy, Scorecard.Score score, ReasonTally reasons) {
    private static final Duration ASKED_EVERY = Duration.ofHours(1);

    /**
     * @param progress gets the share of the replay that has passed, once in a simulated hour
     * @return empty where it was stopped
     */
    static Optional<PolicyRun> of(
            ReplaySetup setup,
            ReplayPolicy policy,
            Replay.Listener listener,
            BacktestWatch watch,
            DoubleConsumer progress) {
        Require.that(setup.endpoints().size() == 1, "a backtest has one endpoint");
        var reasons = new ReasonTally(setup.endpoints().getFirst().startTime().p90());
        CapacityModel capacity = setup.specs().getFirst().policy().capacity();
        Replay replay = new Replay(setup, List.of(policy), new Replay.Listener() {
            @Override
            public void decided(EndpointId endpoint, String name, ScalingDecision decision, Instant now) {
                reasons.decided(decision, now);
                listener.decided(endpoint, name, decision, now);
            }

            @Override
            public void minuteScored(EndpointId endpoint, MinuteRow row) {
                int needed = capacity.replicasFor(row.demand(), 1);
                if (needed > row.ready()) {
                    reasons.violated(row.at(), needed);
                }
                listener.minuteScored(endpoint, row);
            }
        });
        Instant due = setup.from();
        while (!replay.isDone()) {
            if (!replay.now().isBefore(due)) {
                if (watch.isStopped()) {
                    return Optional.empty();
                }
                progress.accept(replay.progress());
                due = due.plus(ASKED_EVERY);
            }
            replay.advanceCycle();
        }
        progress.accept(1);
        return Optional.of(
                new PolicyRun(policy, replay.scorecards().getFirst().scores().getFirst(), reasons));
    }
}
