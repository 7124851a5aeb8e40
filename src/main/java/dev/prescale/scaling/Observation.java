package dev.prescale.scaling;

import dev.prescale.series.Require;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one cycle sees of a workload.
 *
 * @param currentReplicas replicas asked for (spec)
 * @param readyReplicas replicas that serve
 * @param requestRate present request rate, req/s over the last full step
 * @param metrics readings by metric name; a configured metric that is absent is missing
 * @param pods readings by pod for resource metrics, empty where metrics are read as a whole
 */
public record Observation(
        int currentReplicas,
        int readyReplicas,
        RateReading requestRate,
        Map<String, RateReading> metrics,
        List<PodReading> pods,
        boolean rolloutInProgress,
        Pause pause) {
    public Observation {
        Require.that(currentReplicas >= 0, "currentReplicas must be >= 0, was %s", currentReplicas);
        Require.that(readyReplicas >= 0, "readyReplicas must be >= 0, was %s", readyReplicas);
        metrics = Map.copyOf(metrics);
        pods = List.copyOf(pods);
    }

    /** What an operator holds back. */
    public enum Pause {
        NONE,
        SCALE_IN,
        ALL
    }

    /**
     * One pod as HPA's replica calculator sees it.
     *
     * @param ready ready now, or was ready once and fell out of it after its start (HPA counts such a pod too)
     * @param usage by resource name, in the unit of {@code request}; absent = no metric
     * @param initializing within the CPU initialization period without a sample that counts
     */
    public record PodReading(
            boolean ready,
            Phase phase,
            Map<String, Double> usage,
            Map<String, Double> request,
            boolean initializing,
            boolean deleted) {
        public PodReading {
            usage = Map.copyOf(usage);
            request = Map.copyOf(request);
        }

        public @Nullable Double usageOf(String resource) {
            return usage.get(resource);
        }
    }

    /** A pod's phase. */
    public enum Phase {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        UNKNOWN
    }
}
