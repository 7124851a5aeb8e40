package dev.prescale.backtest;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import java.util.Optional;

/**
 * The fewest constant replicas that serve every minute of the replay. What sizing for the peak costs.
 *
 * @param headroom replicas over those, rounded up
 */
record FixedPolicy(double headroom) implements ReplayPolicy {
    @Override
    public String name() {
        return FIXED;
    }

    @Override
    public int initialReplicas(ReplaySetup setup, ReplaySetup.Endpoint endpoint) {
        int most = new RequiredReplicas(endpoint).mostIn(setup.from(), setup.to());
        ReplicaBounds bounds = endpoint.spec().policy().bounds();
        return Math.clamp(CapacityModel.ceilToReplicas(most * headroom), bounds.minReplicas(), bounds.maxReplicas());
    }

    @Override
    public Controller control(ReplaySetup setup, WorkloadScale workloads) {
        return now -> {};
    }

    @Override
    public Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.of(new FixedPolicy(headroom * factor));
    }
}
