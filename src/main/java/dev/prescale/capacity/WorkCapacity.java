package dev.prescale.capacity;

/**
 * Capacity for work that is already counted in busy replicas (replica-seconds per second), as requests of several models and
 * learned costs are: {@code ceil(work / utilization)} replicas.
 *
 * @param targetUtilization share of a replica's time that target tracking plans to use, (0, 1]
 */
public record WorkCapacity(double targetUtilization) implements CapacityModel {
    public WorkCapacity {
        CapacityModel.requireUtilization("targetUtilization", targetUtilization);
    }

    @Override
    public int replicasFor(double work, double utilization) {
        CapacityModel.requireLoad(work, utilization);
        return CapacityModel.ceilToReplicas(work / utilization);
    }

    @Override
    public double sustainedBy(int replicas) {
        return replicas;
    }

    @Override
    public WorkCapacity withTargetUtilization(double other) {
        return new WorkCapacity(other);
    }

    @Override
    public LoadUnit unit() {
        return LoadUnit.BUSY_REPLICAS;
    }
}
