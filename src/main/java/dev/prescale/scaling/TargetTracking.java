package dev.prescale.scaling;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.scaling.ScalingPolicy.Tolerance;

/**
 * The formulas of Kubernetes' HorizontalPodAutoscaler for a reading of the workload as a whole: the desired replicas keep
 * the reading at its target, and nothing changes while the ratio of the two is within tolerance.
 *
 * <p>Source: kubernetes {@code pkg/controller/podautoscaler/replica_calculator.go} ({@code GetObjectMetricReplicas},
 * {@code GetObjectPerPodMetricReplicas}, {@code GetResourceReplicas}).
 */
final class TargetTracking {
    private TargetTracking() {}

    /**
     * What tracking came to.
     *
     * @param withinTolerance whether the reading was close enough to its target to hold
     */
    record Tracked(int replicas, boolean withinTolerance) {}

    /**
     * A total that is shared by all replicas: {@code ceil(total / target)}, with
     * {@code ratio = total / (target * currentReplicas)}. Readiness plays no part. From 0 replicas there is no tolerance.
     *
     * @param total of all replicas, in the target's unit
     * @param target per replica
     */
    static Tracked byAverageValue(double total, double target, int currentReplicas, Tolerance tolerance) {
        if (currentReplicas > 0 && tolerance.covers(total / (target * currentReplicas))) {
            return new Tracked(currentReplicas, true);
        }
        return new Tracked(CapacityModel.ceilToReplicas(total / target), false);
    }

    /**
     * A value that does not add up over replicas, such as a latency: {@code ceil(ratio * readyReplicas)} with
     * {@code ratio = value / target}; from 0 replicas {@code ceil(ratio)}. As with HPA, a value above its target can ask
     * for <em>fewer</em> replicas than there are while many are unready.
     */
    static Tracked byValue(double value, double target, int currentReplicas, int readyReplicas, Tolerance tolerance) {
        double ratio = value / target;
        if (currentReplicas == 0) {
            return new Tracked(CapacityModel.ceilToReplicas(ratio), false);
        }
        if (tolerance.covers(ratio)) {
            return new Tracked(currentReplicas, true);
        }
        return new Tracked(CapacityModel.ceilToReplicas(ratio * readyReplicas), false);
    }

    /**
     * A mean utilization of the ready replicas: {@code ceil(ratio * readyReplicas)} with
     * {@code ratio = utilization / targetUtilization}. On scale-up unready replicas count as idle, and the number never
     * falls below what there is.
     */
    static Tracked byUtilization(
            double utilization, double targetUtilization, int currentReplicas, int readyReplicas, Tolerance tolerance) {
        double ratio = utilization / targetUtilization;
        int unready = Math.max(0, currentReplicas - readyReplicas);
        if (ratio <= 1 || unready == 0) {
            return tolerance.covers(ratio)
                    ? new Tracked(currentReplicas, true)
                    : new Tracked(CapacityModel.ceilToReplicas(ratio * readyReplicas), false);
        }
        double ratioWithIdle = ratio * readyReplicas / (readyReplicas + unready);
        if (ratioWithIdle < 1 || tolerance.covers(ratioWithIdle)) {
            return new Tracked(currentReplicas, true);
        }
        return new Tracked(CapacityModel.ceilToReplicas(ratio * readyReplicas), false);
    }
}
