package dev.prescale.backtest;

import dev.prescale.control.EndpointId;
import java.time.Duration;
import java.time.Instant;

/** What chance does to one endpoint's replicas. */
final class ClusterChance {
    private static final long START = 0x5354415254L;
    private static final long CALL = 0x43414C4CL;
    private static final long LATE_CALL = 0x4C415445L;
    private static final long FAILED_START = 0x4641494CL;
    private static final long NODE = 0x4E4F4445L;
    private static final long IMAGE = 0x494D414745L;

    private final Chance chance;
    private final StartTime startTime;
    private final Simulation simulation;

    ClusterChance(long seed, EndpointId endpoint, StartTime startTime, Simulation simulation) {
        this.chance = new Chance(seed, endpoint.toString());
        this.startTime = startTime;
        this.simulation = simulation;
    }

    /** How long replicas take that are ordered in this minute, once they have a node and its image. */
    Duration startTimeAt(Instant ordered) {
        return drawn(startTime, START, ordered);
    }

    /** How long a node takes that is ordered in this minute. */
    Duration provisioningAt(Instant ordered, NodePool nodes) {
        return drawn(nodes.provisioning(), NODE, ordered);
    }

    /** How long a node that is there in this minute takes for the image. */
    Duration imagePullAt(Instant there, NodePool nodes) {
        return drawn(nodes.imagePull(), IMAGE, there);
    }

    private Duration drawn(StartTime distribution, long kind, Instant at) {
        return distribution.isConstant() ? distribution.median() : distribution.at(chance.deviate(kind, at));
    }

    /**
     * The longest time that replicas need of those ordered within {@link StartTime#LONGEST} before and after; where there are
     * nodes, on a new one.
     */
    Duration longestStartTimeAround(Instant instant) {
        Duration longest = longestAround(startTime, START, instant);
        NodePool nodes = simulation.nodes();
        return nodes == null
                ? longest
                : longest.plus(longestAround(nodes.provisioning(), NODE, instant))
                        .plus(longestAround(nodes.imagePull(), IMAGE, instant));
    }

    private Duration longestAround(StartTime distribution, long kind, Instant instant) {
        if (distribution.isConstant()) {
            return distribution.median();
        }
        Duration longest = Duration.ZERO;
        Instant end = instant.plus(StartTime.LONGEST);
        for (Instant at = instant.minus(StartTime.LONGEST); !at.isAfter(end); at = at.plusSeconds(60)) {
            Duration drawn = drawn(distribution, kind, at);
            longest = drawn.compareTo(longest) > 0 ? drawn : longest;
        }
        return longest;
    }

    boolean scaleCallFails(Instant at) {
        return chance.happens(simulation.faults().failedScaleCalls(), CALL, at);
    }

    boolean scaleCallIsLate(Instant at) {
        return chance.happens(simulation.faults().lateScaleCalls(), LATE_CALL, at);
    }

    Duration scaleCallDelay() {
        return simulation.faults().scaleCallDelay();
    }

    boolean startFails(Instant dueAt) {
        return chance.happens(simulation.faults().failedStarts(), FAILED_START, dueAt);
    }
}
