package dev.prescale.scaling;

import dev.prescale.scaling.ScalingPolicy.MetricTarget;
import dev.prescale.scaling.ScalingPolicy.TargetType;

/** The present reading of a metric: of the workload as a whole where there is one, else over its pods. */
final class MetricReadings {
    private MetricReadings() {}

    /** Of a metric of the policy, or of {@code requestRate}. */
    static RateReading of(String name, ScalingPolicy policy, Observation observation) {
        if (name.equals(RequestRateTracking.RULE)) {
            return observation.requestRate();
        }
        for (MetricTarget metric : policy.reactive().metrics()) {
            if (metric.name().equals(name) && isReadByPod(metric, observation)) {
                return overPods(metric, policy, observation);
            }
        }
        return asAWhole(name, observation);
    }

    static RateReading asAWhole(String name, Observation observation) {
        RateReading reading = observation.metrics().get(name);
        return reading == null ? new RateReading.NoData() : reading;
    }

    static boolean isReadByPod(MetricTarget metric, Observation observation) {
        return metric.type() != TargetType.VALUE
                && !(asAWhole(metric.name(), observation) instanceof RateReading.Known)
                && observation.pods().stream().anyMatch(pod -> pod.usageOf(metric.name()) != null);
    }

    static PodTracking podTracking(MetricTarget metric, ScalingPolicy policy) {
        return metric.type() == TargetType.UTILIZATION
                ? PodTracking.byUtilization(
                        metric.name(), metric.target(), policy.reactive().tolerance())
                : PodTracking.byAverage(
                        metric.name(), metric.target(), policy.reactive().tolerance());
    }

    private static RateReading overPods(MetricTarget metric, ScalingPolicy policy, Observation observation) {
        return switch (podTracking(metric, policy).track(observation.pods(), observation.currentReplicas())) {
            case PodTracking.Known known -> new RateReading.Known(known.reading());
            case PodTracking.Unknown ignored -> new RateReading.NoData();
        };
    }
}
