package dev.prescale.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What holds of a simulated endpoint after every cycle, whatever the policy asks for and chance does. Worked out from what was
 * ordered and what is shown, apart from the code that moves replicas and requests. Costs a few comparisons in a cycle.
 */
final class ReplayInvariants {
    /** Of sums of millions of requests in another order. */
    private static final double ROUNDING = 1e-6;

    private static final List<Invariant> ALL = List.of(
            new Invariant("replicas are those of the last order", now -> now.ready + now.starting == now.asked),
            new Invariant("no replicas are fewer than none", now -> now.ready >= 0 && now.starting >= 0),
            new Invariant("no replica comes from nowhere", now -> now.ready <= now.mostOrdered),
            new Invariant("no replica is ready before its start time", now -> now.ready <= now.mostStarted),
            new Invariant("requests are served, wait or have left", ReplayInvariants::isEveryRequestAccountedFor),
            new Invariant("the sums of the ledger are possible", ReplayInvariants::areSumsPossible),
            new Invariant("the ledger and the line count the same requests", ReplayInvariants::areBooksEqual));

    private final String story;
    private final Deque<Order> pending = new ArrayDeque<>();
    private int mostOrdered;
    private int mostStarted;

    /**
     * @param story what is replayed, seed included
     * @param replicas that are ready at the beginning
     */
    ReplayInvariants(String story, int replicas) {
        this.story = story;
        this.mostOrdered = replicas;
        this.mostStarted = replicas;
    }

    /**
     * A scale call is carried out.
     *
     * @param startTime that its replicas need at least
     */
    void ordered(int replicas, Instant at, Duration startTime) {
        mostOrdered = Math.max(mostOrdered, replicas);
        pending.addLast(new Order(at.plus(startTime), replicas));
    }

    /** Throws {@link IllegalStateException} where something does not hold. */
    void verify(SimulatedEndpoint endpoint, Instant at) {
        // first, since a late scale call may be due at this instant
        SimulatedReplicas replicas = endpoint.replicasAt(at);
        pending.removeIf(order -> {
            boolean isStarted = !order.readyAt().isAfter(at);
            mostStarted = isStarted ? Math.max(mostStarted, order.replicas()) : mostStarted;
            return isStarted;
        });
        WaitingLine line = endpoint.line();
        Observed now = new Observed(
                at,
                endpoint.asked(),
                replicas.ready(),
                replicas.starting(),
                mostOrdered,
                mostStarted,
                line.arrived(),
                line.served(),
                line.abandoned(),
                line.waiting(),
                endpoint.ledger().minutes(),
                endpoint.ledger().totals());
        for (Invariant invariant : ALL) {
            if (!invariant.holds().in(now)) {
                throw new IllegalStateException(
                        "%s: it does not hold at %s that %s: %s".formatted(story, at, invariant.name(), now));
            }
        }
    }

    private static boolean isEveryRequestAccountedFor(Observed now) {
        return now.waiting >= 0 && isSame(now.arrived, now.served + now.abandoned + now.waiting);
    }

    private static boolean areSumsPossible(Observed now) {
        Ledger.Totals totals = now.totals;
        return totals.unservedRequests() >= 0
                && totals.unservedRequests() <= totals.requests() * (1 + ROUNDING)
                && totals.missingSeconds() >= 0
                && totals.violationMinutes() <= now.minutes
                && totals.peakReady() <= now.mostStarted
                && totals.readySeconds() <= (double) now.minutes * 60 * totals.peakReady();
    }

    /** Between minutes only: a ledger books them whole. */
    private static boolean areBooksEqual(Observed now) {
        return now.at.getEpochSecond() % 60 != 0 || isSame(now.arrived, now.totals.requests());
    }

    private static boolean isSame(double one, double other) {
        return Math.abs(one - other) <= ROUNDING * (1 + Math.abs(one));
    }

    private record Order(Instant readyAt, int replicas) {}

    private record Invariant(String name, Condition holds) {}

    @FunctionalInterface
    private interface Condition {
        boolean in(Observed now);
    }

    /**
     * @param mostOrdered largest number that was ever asked for
     * @param mostStarted the same among those asked for one start time ago or earlier
     * @param minutes that have ended
     */
    private record Observed(
            Instant at,
            int asked,
            int ready,
            int starting,
            int mostOrdered,
            int mostStarted,
            double arrived,
            double served,
            double abandoned,
            double waiting,
            int minutes,
            Ledger.Totals totals) {}
}
