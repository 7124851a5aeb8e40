package dev.prescale.backtest;

import dev.prescale.control.EndpointId;
import dev.prescale.control.WorkloadScale;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The unreachable optimum: knows demand and start times and asks at {@code t} for the most that any instant in
 * {@code [t, t + S(t) + cycle)} needs. What is ordered one cycle later could not serve those instants any more; what is
 * needed after them can wait. {@code S(t)} is the start time, and where start times vary the longest one of orders placed
 * within an hour of {@code t}: no order is then overtaken by what it is needed for, so that no minute is violated unless
 * the bounds or faults force it. With a constant start time no policy without violations has fewer replica-hours.
 */
record OraclePolicy() implements ReplayPolicy {
    @Override
    public String name() {
        return ORACLE;
    }

    @Override
    public int initialReplicas(ReplaySetup setup, ReplaySetup.Endpoint endpoint) {
        return new Foresight(setup, endpoint).desiredAt(setup.from());
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        List<Foresight> foresights = new ArrayList<>();
        setup.endpoints().forEach(endpoint -> foresights.add(new Foresight(setup, endpoint)));
        return now -> foresights.forEach(foresight -> workloads.scaleTo(foresight.id(), foresight.desiredAt(now), now));
    }

    private static final class Foresight {
        private final EndpointId id;
        private final RequiredReplicas required;
        private final ClusterChance chance;
        private final Duration cycle;
        private Instant minute = Instant.MIN;
        private Duration startTime = Duration.ZERO;

        Foresight(ReplaySetup setup, ReplaySetup.Endpoint endpoint) {
            this.id = endpoint.id();
            this.required = new RequiredReplicas(endpoint);
            this.chance = setup.chanceOf(endpoint);
            this.cycle = setup.cycle();
        }

        EndpointId id() {
            return id;
        }

        int desiredAt(Instant now) {
            return required.mostIn(now, startTimeAround(now).plus(cycle));
        }

        /** Looked up once a minute, since start times are drawn by the minute. */
        private Duration startTimeAround(Instant now) {
            Instant begin = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), 60L) * 60L);
            if (!begin.equals(minute)) {
                minute = begin;
                startTime = chance.longestStartTimeAround(begin);
            }
            return startTime;
        }
    }
}
