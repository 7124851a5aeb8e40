package dev.prescale.backtest;

import dev.prescale.control.ReplicaStart;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest starts of replicas, as a cluster would tell them, for the production cycle to measure its lead time. */
class SimulatedStarts {
    /** Where the start time is given, as without nodes, nobody measures it. */
    static final SimulatedStarts UNTOLD = new SimulatedStarts() {
        @Override
        void tell(SimulatedReplicas.Batch batch) {}
    };

    /** More than the newest of a measured P90 have hardly any weight in it, and every cycle goes through them. */
    private static final int MOST_TOLD = 60;

    private static final String TEMPLATE = "simulated";

    private final Deque<ReplicaStart> newest = new ArrayDeque<>();
    private long counted;

    /** These have become ready. */
    void tell(SimulatedReplicas.Batch batch) {
        for (int k = 0; k < Math.min(batch.replicas(), MOST_TOLD); k++) {
            Room.Place place = batch.place();
            newest.addLast(new ReplicaStart(
                    TEMPLATE + "-" + counted++,
                    TEMPLATE,
                    batch.orderedAt(),
                    place.nodeAt(),
                    place.imageAt(),
                    batch.readyAt()));
            if (newest.size() > MOST_TOLD) {
                newest.removeFirst();
            }
        }
    }

    List<ReplicaStart> newest() {
        return List.copyOf(newest);
    }
}
