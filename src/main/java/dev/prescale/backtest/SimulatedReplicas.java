package dev.prescale.backtest;

import dev.prescale.series.Require;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Replicas of one simulated workload: those that are ready and those that start. What is ordered at once starts together.
 * Scale-in takes away those that would be ready last, and ready ones, at once, only when none is starting.
 */
final class SimulatedReplicas {
    private static final Comparator<Batch> BY_READY_AT = Comparator.comparing(Batch::readyAt);

    private final ClusterChance chance;
    private final List<Batch> starting = new ArrayList<>();
    private int ready;

    SimulatedReplicas(ClusterChance chance, int ready) {
        Require.that(ready >= 0, "ready must be >= 0 replicas, was %s", ready);
        this.chance = chance;
        this.ready = ready;
    }

    int ready() {
        return ready;
    }

    /** Replicas asked for: ready and starting. */
    int current() {
        return ready + starting.stream().mapToInt(Batch::replicas).sum();
    }

    /** Those due become ready, or begin again where their start fails. */
    void advanceTo(Instant now) {
        while (!starting.isEmpty() && !starting.getFirst().readyAt().isAfter(now)) {
            Batch due = starting.removeFirst();
            if (chance.startFails(due.readyAt())) {
                // One second at least, or a start time of zero would fail for ever at the same instant.
                Instant again =
                        due.readyAt().plus(chance.startTimeAt(due.readyAt())).plusSeconds(1);
                add(new Batch(again, due.replicas()));
            } else {
                ready += due.replicas();
            }
        }
    }

    /** The next instant at which this changes by itself, at most {@code latest}. */
    Instant nextChange(Instant latest) {
        return starting.isEmpty() || starting.getFirst().readyAt().isAfter(latest)
                ? latest
                : starting.getFirst().readyAt();
    }

    void scaleTo(int replicas, Instant now) {
        int more = replicas - current();
        if (more > 0) {
            add(new Batch(now.plus(chance.startTimeAt(now)), more));
            advanceTo(now);
        } else {
            takeAway(-more);
        }
    }

    private void takeAway(int surplus) {
        int left = surplus;
        while (left > 0 && !starting.isEmpty()) {
            Batch last = starting.removeLast();
            if (last.replicas() > left) {
                starting.addLast(new Batch(last.readyAt(), last.replicas() - left));
            }
            left -= Math.min(left, last.replicas());
        }
        ready -= left;
    }

    private void add(Batch batch) {
        starting.add(batch);
        starting.sort(BY_READY_AT);
    }

    private record Batch(Instant readyAt, int replicas) {}
}
