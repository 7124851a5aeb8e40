package dev.prescale.adapter.kubernetes;

import dev.prescale.scaling.Observation.Phase;
import dev.prescale.scaling.Observation.PodReading;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pod and its metrics as HPA's replica calculator takes them, for {@code cpu} in cores and {@code memory} in bytes.
 *
 * <ul>
 *   <li>A usage is the sum over containers, absent where one of them has none; a request likewise, containers and sidecars
 *       (init containers that always restart), or what the pod as a whole requests.
 *   <li>Without a Ready condition or a start time: not ready.
 *   <li>Within the initialization period after its start: initializing while it is not ready, or while the sample's
 *       window began before it was.
 *   <li>Later: not ready where its Ready condition is false since before {@code initialReadinessDelay} after its start,
 *       that is, where it was never ready.
 * </ul>
 *
 * Source: kubernetes {@code replica_calculator.go}, {@code groupPods}, {@code calculateRequests}; flags
 * {@code --horizontal-pod-autoscaler-cpu-initialization-period} and {@code -initial-readiness-delay}.
 */
record PodReadings(Duration initializationPeriod, Duration initialReadinessDelay) {
    /** HPA's defaults. */
    static final PodReadings DEFAULT = new PodReadings(Duration.ofMinutes(5), Duration.ofSeconds(30));

    /** Resources that the metrics API has. */
    static final List<String> RESOURCES = List.of("cpu", "memory");

    /** @param metrics null where the metrics API has none of this pod */
    PodReading read(Pod pod, @Nullable PodMetrics metrics, Instant now) {
        PodCondition ready = Pods.condition(pod, "Ready");
        Instant started =
                pod.getStatus() == null ? null : Pods.instant(pod.getStatus().getStartTime());
        Instant changed = ready == null ? null : Pods.instant(ready.getLastTransitionTime());
        boolean isUnready = ready != null && "False".equals(ready.getStatus());
        boolean isReady;
        boolean isInitializing = false;
        if (ready == null || started == null || changed == null) {
            isReady = false;
        } else if (started.plus(initializationPeriod).isAfter(now)) {
            isReady = !isUnready;
            isInitializing = isUnready || isSampledBefore(changed, metrics);
        } else {
            isReady = !isUnready || !started.plus(initialReadinessDelay).isAfter(changed);
        }
        return new PodReading(
                isReady, phase(pod), usage(metrics), requests(pod), isInitializing, Pods.isBeingDeleted(pod));
    }

    /** Whether the sample's window began before the instant. */
    private static boolean isSampledBefore(Instant changed, @Nullable PodMetrics metrics) {
        Instant sampled = metrics == null ? null : Pods.instant(metrics.getTimestamp());
        if (metrics == null || sampled == null) {
            return true;
        }
        Duration window = metrics.getWindow() == null
                ? Duration.ZERO
                : metrics.getWindow().getDuration();
        return sampled.isBefore(changed.plus(window));
    }

    private static Phase phase(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return phase == null
                ? Phase.UNKNOWN
                : Stream.of(Phase.values())
                        .filter(known -> known.name().equals(phase.toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElse(Phase.UNKNOWN);
    }

    private static Map<String, Double> usage(@Nullable PodMetrics metrics) {
        Map<String, Double> usage = new HashMap<>();
        if (metrics != null && metrics.getContainers() != null) {
            for (String resource : RESOURCES) {
                put(
                        usage,
                        resource,
                        metrics.getContainers().stream()
                                .map(ContainerMetrics::getUsage)
                                .toList());
            }
        }
        return usage;
    }

    static Map<String, Double> requests(Pod pod) {
        Map<String, Double> requests = new HashMap<>();
        for (String resource : RESOURCES) {
            Map<String, Quantity> whole =
                    pod.getSpec() == null ? Map.of() : requests(pod.getSpec().getResources());
            put(requests, resource, whole.containsKey(resource) ? List.of(whole) : containerRequests(pod));
        }
        return requests;
    }

    private static List<Map<String, Quantity>> containerRequests(Pod pod) {
        List<Container> containers = new ArrayList<>();
        if (pod.getSpec() != null && pod.getSpec().getContainers() != null) {
            containers.addAll(pod.getSpec().getContainers());
        }
        if (pod.getSpec() != null && pod.getSpec().getInitContainers() != null) {
            pod.getSpec().getInitContainers().stream()
                    .filter(container -> "Always".equals(container.getRestartPolicy()))
                    .forEach(containers::add);
        }
        return containers.stream()
                .map(Container::getResources)
                .map(PodReadings::requests)
                .toList();
    }

    private static Map<String, Quantity> requests(@Nullable ResourceRequirements resources) {
        return resources == null || resources.getRequests() == null ? Map.of() : resources.getRequests();
    }

    /** The sum, only where all have one and it is a number. */
    private static void put(
            Map<String, Double> sums, String resource, List<? extends @Nullable Map<String, Quantity>> amounts) {
        double sum = 0;
        for (Map<String, Quantity> amount : amounts) {
            Quantity quantity = amount == null ? null : amount.get(resource);
            if (quantity == null) {
                return;
            }
            sum += quantity.getNumericalAmount().doubleValue();
        }
        if (!amounts.isEmpty() && Double.isFinite(sum) && sum >= 0) {
            sums.put(resource, sum);
        }
    }
}
