package dev.prescale.backtest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the replicas of one endpoint find room. */
interface Room {
    /** Always there, with the image. */
    Room ENDLESS = new Room() {
        @Override
        public List<Place> take(int replicas, Instant now) {
            return List.of(new Place(replicas, now, now, null));
        }

        @Override
        public void leave(Place place, int replicas, Instant now) {}

        @Override
        public void leaveReady(int replicas, Instant now) {}
    };

    /** Finds room for replicas that are ordered now. */
    List<Place> take(int replicas, Instant now);

    /** Replicas that were still starting in this place are not wanted any more. */
    void leave(Place place, int replicas, Instant now);

    /** Ready replicas are not wanted any more; asked for only when none is starting. */
    void leaveReady(int replicas, Instant now);

    /**
     * Replicas on one node.
     *
     * @param nodeAt when the node is there
     * @param imageAt when its image is there too: what starts here starts then
     * @param node null where there is always room
     */
    record Place(int replicas, Instant nodeAt, Instant imageAt, SimulatedNodes.@Nullable Node node) {}
}
