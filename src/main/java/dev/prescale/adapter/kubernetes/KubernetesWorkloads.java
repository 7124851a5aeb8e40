package dev.prescale.adapter.kubernetes;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.WorkloadScale.Replicas;
import dev.prescale.control.WorkloadScale.State;
import dev.prescale.control.WorkloadScale.Unknown;
import dev.prescale.control.WorkloadView;
import dev.prescale.scaling.Observation.PodReading;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Workloads as the watches of a {@link KubernetesCluster} show them. Requests are made only for what cannot be
 * watched: pod metrics once per namespace and cycle where an endpoint needs them, and the scale subresource of kinds that have
 * nothing else, once per change. What cannot be seen is {@link Unknown} with the reason. Safe for use by many threads.
 */
public final class KubernetesWorkloads implements WorkloadView {
    private final KubernetesCluster cluster;
    private final PodMetricsReader metrics;
    private final PodReadings readings = PodReadings.DEFAULT;
    private volatile Map<EndpointId, EndpointSpec> specs = Map.of();
    private volatile Set<String> namespacesWithMetrics = Set.of();

    public KubernetesWorkloads(KubernetesCluster cluster) {
        this.cluster = cluster;
        this.metrics = new PodMetricsReader(cluster.client());
    }

    /** Says whose workloads will be asked for. */
    public void replaceSpecs(Map<EndpointId, EndpointSpec> inForce) {
        specs = Map.copyOf(inForce);
        namespacesWithMetrics = inForce.values().stream()
                .filter(KubernetesWorkloads::readsPods)
                .map(spec -> spec.id().namespace())
                .collect(Collectors.toUnmodifiableSet());
        metrics.retain(namespacesWithMetrics);
        cluster.replaceSpecs(inForce);
    }

    private static boolean readsPods(EndpointSpec spec) {
        return spec.policy().reactive().metrics().stream()
                .anyMatch(metric -> PodReadings.RESOURCES.contains(metric.name())
                        && !spec.metricSources().containsKey(metric.name()));
    }

    @Override
    public State state(EndpointId endpoint, Instant now) {
        EndpointSpec spec = specs.get(endpoint);
        if (spec == null) {
            return new Unknown("no specification of " + endpoint + " is in force");
        }
        String namespace = endpoint.namespace();
        try {
            Optional<String> blindness = cluster.pods().blindness(namespace);
            return switch (cluster.targets().see(namespace, spec.scaleTargetRef(), now)) {
                case Sighting.NotSeen not -> new Unknown(not.reason());
                case Sighting.Seen seen ->
                    blindness.<State>map(Unknown::new).orElseGet(() -> replicas(namespace, seen.workload(), now));
            };
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            return new Unknown("what the Kubernetes API server says of %s cannot be read: %s"
                    .formatted(endpoint, unreadable.getMessage()));
        }
    }

    private Replicas replicas(String namespace, Workload workload, Instant now) {
        ObjectStore<Pod> known = cluster.pods().objectsOf(namespace);
        List<Pod> pods = known == null ? List.of() : PodsByLabel.select(known, namespace, workload.selector());
        Map<String, PodMetrics> usages =
                namespacesWithMetrics.contains(namespace) ? metrics.at(namespace, now) : Map.of();
        List<PodReading> read = pods.stream()
                .map(pod -> readings.read(pod, usages.get(pod.getMetadata().getName()), now))
                .toList();
        Integer ready = workload.readyReplicas();
        return new Replicas(
                workload.replicas(),
                ready == null ? countReady(pods) : ready,
                workload.rolloutInProgress(),
                read,
                workload.templateAmong(pods),
                cluster.starts().of(pods));
    }

    private static int countReady(List<Pod> pods) {
        return (int) pods.stream()
                .filter(pod -> Pods.isReady(pod) && !Pods.isBeingDeleted(pod))
                .count();
    }
}
