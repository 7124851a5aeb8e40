package dev.prescale.backtest;

import dev.prescale.series.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Replicas of one simulated workload: those that are ready and those that start. What is ordered at once and finds room on one
 * node starts together. Scale-in takes away those that would be ready last, and ready ones, at once, only when none is starting.
 */
final class SimulatedReplicas {
    private static final Comparator<Batch> BY_READY_AT = Comparator.comparing(Batch::readyAt);

    /** As Kubernetes restarts a container: after 10 s, and twice as long each further time up to 5 min. */
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);

    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

    private final ClusterChance chance;
    private final Room room;
    private final SimulatedStarts starts;
    private final List<Batch> starting = new ArrayList<>();
    private int ready;

    /** Without nodes. */
    SimulatedReplicas(ClusterChance chance, int ready) {
        this(chance, ready, Room.ENDLESS, SimulatedStarts.UNTOLD);
    }

    /** @param starts is told of replicas that have become ready */
    SimulatedReplicas(ClusterChance chance, int ready, Room room, SimulatedStarts starts) {
        Require.that(ready >= 0, "ready must be >= 0 replicas, was %s", ready);
        this.chance = chance;
        this.room = room;
        this.starts = starts;
        this.ready = ready;
    }

    int ready() {
        return ready;
    }

    int starting() {
        int sum = 0;
        for (Batch batch : starting) {
            sum += batch.replicas();
        }
        return sum;
    }

    /** Replicas asked for: ready and starting. */
    int current() {
        return ready + starting();
    }

    /** Those due become ready, or begin again where their start fails. */
    void advanceTo(Instant now) {
        while (!starting.isEmpty() && !starting.getFirst().readyAt().isAfter(now)) {
            Batch due = starting.removeFirst();
            if (chance.startFails(due.readyAt())) {
                add(due.again(chance.startTimeAt(due.readyAt())));
            } else {
                ready += due.replicas();
                starts.tell(due);
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
            Duration startTime = chance.startTimeAt(now);
            for (Room.Place place : room.take(more, now)) {
                add(new Batch(place.imageAt().plus(startTime), place.replicas(), now, place, 0));
            }
            advanceTo(now);
        } else {
            takeAway(-more, now);
        }
    }

    private void takeAway(int surplus, Instant now) {
        int left = surplus;
        while (left > 0 && !starting.isEmpty()) {
            Batch last = starting.removeLast();
            int going = Math.min(left, last.replicas());
            if (last.replicas() > going) {
                starting.addLast(last.with(last.replicas() - going));
            }
            room.leave(last.place(), going, now);
            left -= going;
        }
        if (left > 0) {
            ready -= left;
            room.leaveReady(left, now);
        }
    }

    private void add(Batch batch) {
        starting.add(batch);
        starting.sort(BY_READY_AT);
    }

    /** @param failures starts that have failed */
    record Batch(Instant readyAt, int replicas, Instant orderedAt, Room.Place place, int failures) {
        Batch with(int others) {
            return new Batch(readyAt, others, orderedAt, place, failures);
        }

        Batch again(Duration startTime) {
            Duration doubled = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failures, 10));
            Duration backOff = doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
            return new Batch(readyAt.plus(backOff).plus(startTime), replicas, orderedAt, place, failures + 1);
        }
    }
}
