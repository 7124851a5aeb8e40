package dev.prescale.backtest;

import dev.prescale.series.Require;
import java.time.Duration;

/**
 * The nodes that replicas of one endpoint run on. Without one there is always room, and every image is there.
 *
 * @param replicasPerNode room on a node
 * @param minNodes nodes that are always there and have the image
 * @param provisioning from the order that does not fit until a new node is there
 * @param imagePull what the first replica on a new node waits for beyond that; those that follow find the image
 * @param emptyFor a node above {@code minNodes} goes when it has been empty for so long
 */
public record NodePool(
        int replicasPerNode, int minNodes, StartTime provisioning, StartTime imagePull, Duration emptyFor) {
    public static final int MOST_REPLICAS_PER_NODE = 1_000;
    public static final int MOST_NODES = 10_000;
    public static final Duration DEFAULT_EMPTY_FOR = Duration.ofMinutes(10);
    public static final Duration LONGEST_EMPTY_FOR = Duration.ofDays(1);

    public NodePool {
        Require.that(
                replicasPerNode >= 1 && replicasPerNode <= MOST_REPLICAS_PER_NODE,
                "replicasPerNode must be from 1 to %s, was %s",
                MOST_REPLICAS_PER_NODE,
                replicasPerNode);
        Require.that(
                minNodes >= 0 && minNodes <= MOST_NODES, "minNodes must be from 0 to %s, was %s", MOST_NODES, minNodes);
        Require.that(
                !emptyFor.isNegative() && emptyFor.compareTo(LONGEST_EMPTY_FOR) <= 0,
                "emptyFor must be from 0 s to %s, was %s",
                LONGEST_EMPTY_FOR,
                emptyFor);
    }
}
