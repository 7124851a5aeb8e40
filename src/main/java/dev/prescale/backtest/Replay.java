package dev.prescale.backtest;

import dev.prescale.control.EndpointId;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replays traffic under several policies side by side, one control cycle at a time. In each cycle at {@code now}:
 *
 * <ol>
 *   <li>minutes that have ended are told to the listener (the demo feeds them to its history);
 *   <li>every policy runs its cycle on its own simulated workloads;
 *   <li>{@code [now, now + cycle)} passes and is booked;
 *   <li>the listener is told.
 * </ol>
 *
 * A run without a page is {@code while (!replay.isDone()) replay.advanceCycle()}. Same setup, same scores, to the last bit.
 */
public final class Replay {
    private final ReplaySetup setup;
    private final Listener listener;
    private final List<Lane> lanes = new ArrayList<>();
    private Instant now;
    private @Nullable Instant revealedTo;

    /** Told of the course of a replay, on the caller's thread. */
    public interface Listener {
        Listener NONE = new Listener() {};

        /**
         * Minutes of an endpoint that have ended: before the first cycle everything before {@code from}, then each minute.
         *
         * @param minutes req/s, gaps where the trace has none
         */
        default void revealed(ReplaySetup.Endpoint endpoint, RateSeries minutes) {}

        /** What a policy has decided in the cycle at {@code now}, where it gives reasons. */
        default void decided(EndpointId endpoint, String policy, ScalingDecision decision, Instant now) {}

        /** A minute has ended that the trace has. Called for each policy. */
        default void minuteScored(EndpointId endpoint, MinuteRow row) {}

        /** A cycle has been run and its time has passed. */
        default void cycleDone(Instant now) {}
    }

    public Replay(ReplaySetup setup, List<ReplayPolicy> policies, Listener listener) {
        Require.that(!policies.isEmpty(), "a replay needs a policy");
        Require.that(
                policies.stream().map(ReplayPolicy::name).distinct().count() == policies.size(),
                "policies must have different names, were %s",
                policies.stream().map(ReplayPolicy::name).toList());
        this.setup = setup;
        this.listener = listener;
        this.now = setup.from();
        for (ReplayPolicy policy : policies) {
            SimulatedWorkload workload = new SimulatedWorkload(setup, policy, listener);
            lanes.add(new Lane(policy.name(), workload, policy.control(setup, workload)));
        }
    }

    public ReplaySetup setup() {
        return setup;
    }

    /** Time of the next cycle. */
    public Instant now() {
        return now;
    }

    public boolean isDone() {
        return !now.isBefore(setup.to());
    }

    /** Share of the replay that has passed, 0 to 1. */
    public double progress() {
        return (double) Duration.between(setup.from(), now).toMillis()
                / Duration.between(setup.from(), setup.to()).toMillis();
    }

    public void advanceCycle() {
        Require.that(!isDone(), "the replay ended at %s", setup.to());
        reveal();
        for (Lane lane : lanes) {
            lane.controller().runCycle(now);
            tellDecisions(lane);
            lane.workload().settle(now, setup.cycle());
        }
        Instant done = now;
        now = now.plus(setup.cycle());
        listener.cycleDone(done);
    }

    private void tellDecisions(Lane lane) {
        for (ReplaySetup.Endpoint endpoint : setup.endpoints()) {
            lane.controller()
                    .latest(endpoint.id())
                    .ifPresent(decision -> listener.decided(endpoint.id(), lane.policy(), decision, now));
        }
    }

    /** Runs to the end. */
    public Replay run() {
        while (!isDone()) {
            advanceCycle();
        }
        return this;
    }

    private void reveal() {
        Instant ended = now.truncatedTo(ChronoUnit.MINUTES);
        if (ended.equals(revealedTo)) {
            return;
        }
        for (ReplaySetup.Endpoint endpoint : setup.endpoints()) {
            RateSeries minutes = endpoint.trace().minutes();
            int first = revealedTo == null ? 0 : minutes.indexOf(revealedTo);
            if (first < minutes.indexOf(ended)) {
                listener.revealed(endpoint, minutes.slice(first, minutes.indexOf(ended)));
            }
        }
        revealedTo = ended;
    }

    /** One scorecard per endpoint for all that has passed. */
    public List<Scorecard> scorecards() {
        return scorecards(setup.from(), now, Ledger::account);
    }

    /**
     * One scorecard per endpoint for one day of the replay.
     *
     * @param day 0 for the first one; it must have ended
     */
    public List<Scorecard> scorecardsOfDay(int day) {
        Instant begin = setup.from().plus(day, ChronoUnit.DAYS);
        return scorecards(begin, begin.plus(1, ChronoUnit.DAYS), ledger -> ledger.account(day, day + 1));
    }

    private List<Scorecard> scorecards(Instant from, Instant to, Function<Ledger, Ledger.Account> account) {
        return setup.endpoints().stream()
                .map(endpoint -> scorecard(endpoint, from, to, account))
                .toList();
    }

    private Scorecard scorecard(
            ReplaySetup.Endpoint endpoint, Instant from, Instant to, Function<Ledger, Ledger.Account> account) {
        double unservedPerIdle = endpoint.spec().policy().predictive().unservedPerIdle();
        List<Scorecard.Score> scores = lanes.stream()
                .map(lane -> Scorecard.Score.of(
                        lane.policy(), account.apply(lane.workload().ledger(endpoint.id())), unservedPerIdle))
                .toList();
        return Scorecard.of(setup, endpoint, from, to, scores);
    }

    private record Lane(String policy, SimulatedWorkload workload, ReplayPolicy.Controller controller) {}
}
