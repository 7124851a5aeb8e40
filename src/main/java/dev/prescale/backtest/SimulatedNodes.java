package dev.prescale.backtest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes of one endpoint, oldest first:
 *
 * <ol>
 *   <li>an order fills the room of the oldest node that has some, nodes that are on their way included;
 *   <li>what is left gets new nodes, which are all there after the same provisioning time;
 *   <li>a new node pulls the image as soon as it is there: its first replicas wait for it, later ones find it;
 *   <li>ready replicas that are not wanted leave the newest nodes first, as in a cluster that packs its nodes;
 *   <li>a node that has been empty for a while goes, but for the first {@code minNodes}.
 * </ol>
 */
final class SimulatedNodes implements Room {
    private final NodePool pool;
    private final ClusterChance chance;
    private final List<Node> nodes = new ArrayList<>();

    /** @param ready replicas that run at the beginning, on nodes with the image */
    SimulatedNodes(NodePool pool, ClusterChance chance, int ready, Instant begin) {
        this.pool = pool;
        this.chance = chance;
        for (int left = ready; left > 0 || nodes.size() < pool.minNodes(); left -= pool.replicasPerNode()) {
            Node node = new Node(begin, begin);
            node.replicas = Math.clamp(left, 0, pool.replicasPerNode());
            nodes.add(node);
        }
    }

    @Override
    public List<Place> take(int replicas, Instant now) {
        dropEmpty(now);
        List<Place> places = new ArrayList<>();
        int left = replicas;
        for (Node node : nodes) {
            left -= put(left, node, now, places);
        }
        Instant there = now.plus(chance.provisioningAt(now, pool));
        while (left > 0) {
            Node node = new Node(there, there.plus(chance.imagePullAt(there, pool)));
            nodes.add(node);
            left -= put(left, node, now, places);
        }
        return places;
    }

    private int put(int replicas, Node node, Instant now, List<Place> places) {
        int fitting = Math.min(replicas, pool.replicasPerNode() - node.replicas);
        if (fitting > 0) {
            node.replicas += fitting;
            places.add(new Place(fitting, later(node.thereAt, now), later(node.imageAt, now), node));
        }
        return fitting;
    }

    private void dropEmpty(Instant now) {
        int kept = pool.minNodes();
        List<Node> above = nodes.subList(Math.min(kept, nodes.size()), nodes.size());
        above.removeIf(node ->
                node.replicas == 0 && !node.emptySince.plus(pool.emptyFor()).isAfter(now));
    }

    @Override
    public void leave(Place place, int replicas, Instant now) {
        if (place.node() != null) {
            leave(place.node(), replicas, now);
        }
    }

    @Override
    public void leaveReady(int replicas, Instant now) {
        int left = replicas;
        for (Node node : nodes.reversed()) {
            int leaving = Math.min(left, node.replicas);
            leave(node, leaving, now);
            left -= leaving;
        }
    }

    private static void leave(Node node, int replicas, Instant now) {
        node.replicas -= replicas;
        if (replicas > 0 && node.replicas == 0) {
            node.emptySince = later(node.thereAt, now);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Nodes that are there or on their way. */
    int count(Instant now) {
        dropEmpty(now);
        return nodes.size();
    }

    static final class Node {
        private final Instant thereAt;
        private final Instant imageAt;
        private int replicas;
        private Instant emptySince;

        Node(Instant thereAt, Instant imageAt) {
            this.thereAt = thereAt;
            this.imageAt = imageAt;
            this.emptySince = thereAt;
        }
    }
}
