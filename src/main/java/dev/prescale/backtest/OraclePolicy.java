package dev.prescale.backtest;

import dev.prescale.control.EndpointId;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The unreachable optimum: knows demand and start times and follows the plan of least cost ({@link LeastCostPlan}). It asks at
 * {@code t} for the most that the plan has in a minute that an order of the next cycle would be too late for: one that ends in
 * {@code [t, t + S(t) + cycle]}, where {@code S(t)} is the start time, and where start times vary the longest one of orders placed
 * within an hour of {@code t}. Minutes that the trace does not have are passed over, so that what comes after a hole is ordered
 * before it.
 *
 * <p>With a constant start time and no faults no policy costs less.
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
        private final RateSeries minutes;
        private final int[] planned;
        private final ClusterChance chance;
        private final Duration cycle;
        private Instant minute = Instant.MIN;
        private Duration startTime = Duration.ZERO;

        Foresight(ReplaySetup setup, ReplaySetup.Endpoint endpoint) {
            this.id = endpoint.id();
            this.chance = setup.chanceOf(endpoint);
            this.cycle = setup.cycle();
            RateSeries trace = endpoint.trace().minutes();
            this.minutes = trace.slice(trace.indexOf(setup.from()), trace.indexOf(setup.to()));
            ScalingPolicy policy = endpoint.spec().policy();
            double[] busy = Arrays.stream(minutes.rates())
                    .map(rate -> Double.isNaN(rate) ? rate : ReplicaNeed.busyReplicas(policy.capacity(), rate))
                    .toArray();
            int leastAway =
                    Math.toIntExact(endpoint.startTime().median().plus(cycle).toMinutes());
            this.planned = new LeastCostPlan(
                            busy, policy.bounds(), policy.predictive().unservedPerIdle(), leastAway)
                    .replicas();
        }

        EndpointId id() {
            return id;
        }

        int desiredAt(Instant now) {
            int first = minutes.indexOf(now);
            Duration intoMinute = Duration.between(minutes.instantAt(first), now);
            long ahead = Math.max(
                    1, intoMinute.plus(startTimeAround(now)).plus(cycle).toMinutes());
            int most = planned[first];
            for (int m = first; ahead > 0 && m < planned.length; m++) {
                if (!minutes.isGap(m)) {
                    most = Math.max(most, planned[m]);
                    ahead--;
                }
            }
            return most;
        }

        /** Looked up once a minute, since start times are drawn by the minute. */
        private Duration startTimeAround(Instant now) {
            Instant begin = minutes.instantAt(minutes.indexOf(now));
            if (!begin.equals(minute)) {
                minute = begin;
                startTime = chance.longestStartTimeAround(begin);
            }
            return startTime;
        }
    }
}
