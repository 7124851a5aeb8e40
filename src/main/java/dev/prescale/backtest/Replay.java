package dev.prescale.backtest;

import dev.prescale.control.EndpointId;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
            SimulatedWorkload workload = new SimulatedWorkload(setup, policy);
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
            lane.workload().settle(now, setup.cycle());
        }
        Instant done = now;
        now = now.plus(setup.cycle());
        listener.cycleDone(done);
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
        return scorecards(setup.from(), now);
    }

    /**
     * One scorecard per endpoint for the minutes in {@code [from, to)}.
     *
     * @param from not before the replay's beginning
     * @param to not after {@link #now}
     */
    public List<Scorecard> scorecards(Instant from, Instant to) {
        Require.that(
                !from.isBefore(setup.from()) && !from.isAfter(to) && !to.isAfter(now),
                "a scorecard must lie in %s to %s, was %s to %s",
                setup.from(),
                now,
                from,
                to);
        return setup.endpoints().stream()
                .map(endpoint -> scorecard(endpoint, from, to))
                .toList();
    }

    private Scorecard scorecard(ReplaySetup.Endpoint endpoint, Instant from, Instant to) {
        double quantile = endpoint.spec().policy().predictive().quantile();
        double unservedPerIdle = quantile / (1 - quantile);
        List<Scorecard.Score> scores = lanes.stream()
                .map(lane -> Scorecard.Score.of(
                        lane.policy(), lane.workload().ledger(endpoint.id()).totals(from, to), unservedPerIdle))
                .toList();
        Scorecard.Score oracle = scores.stream()
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

    /** Rows of all policies for the minutes that have passed and that the trace has, policy after policy. */
    public Stream<MinuteRow> minuteRows(EndpointId endpoint) {
        int passed = Math.toIntExact(Duration.between(setup.from(), now).toMinutes());
        return lanes.stream().flatMap(lane -> {
            Ledger ledger = lane.workload().ledger(endpoint);
            return IntStream.range(0, passed)
                    .filter(ledger::isScored)
                    .mapToObj(minute -> ledger.row(minute, lane.policy()));
        });
    }

    private record Lane(String policy, SimulatedWorkload workload, ReplayPolicy.Controller controller) {}
}
