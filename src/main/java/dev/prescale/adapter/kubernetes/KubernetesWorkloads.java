package dev.prescale.adapter.kubernetes;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.Observation.PodReading;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Workloads as the Kubernetes API server shows them; nothing is written. Per namespace and cycle the pods are listed once,
 * Deployments, StatefulSets and pod metrics once where an endpoint needs them; every other kind costs one read of its
 * scale subresource per endpoint. What cannot be seen is {@link Unknown} with the reason. Safe for use by many threads.
 */
public final class KubernetesWorkloads implements WorkloadScale, AutoCloseable {
    private static final String APPS = "apps/v1";

    private final KubernetesClient client;
    private final PodReadings readings = PodReadings.DEFAULT;
    private final Map<String, NamespaceReader> namespaces = new ConcurrentHashMap<>();
    private final Map<EndpointId, PodStarts> starts = new ConcurrentHashMap<>();
    private final Map<
                    String,
                    MixedOperation<
                            GenericKubernetesResource,
                            GenericKubernetesResourceList,
                            Resource<GenericKubernetesResource>>>
            kinds = new ConcurrentHashMap<>();
    private volatile Map<EndpointId, EndpointSpec> specs = Map.of();
    private volatile Map<String, NamespaceReader.Wanted> wanted = Map.of();
    private volatile @Nullable Silence silence;

    /** The API server was silent in the cycle of that time: nobody else waits for it in the same cycle. */
    private record Silence(Instant at, String reason) {}

    /** @param client closed with this */
    public KubernetesWorkloads(KubernetesClient client) {
        this.client = client;
    }

    /** Says whose workloads will be asked for. */
    public void replaceSpecs(Map<EndpointId, EndpointSpec> inForce) {
        specs = Map.copyOf(inForce);
        Map<String, NamespaceReader.Wanted> all = new HashMap<>();
        inForce.values()
                .forEach(spec -> all.merge(
                        spec.id().namespace(),
                        wantedBy(spec),
                        (a, b) -> new NamespaceReader.Wanted(
                                a.deployments() || b.deployments(),
                                a.statefulSets() || b.statefulSets(),
                                a.podMetrics() || b.podMetrics())));
        wanted = Map.copyOf(all);
        namespaces.keySet().retainAll(all.keySet());
        starts.keySet().retainAll(inForce.keySet());
    }

    private static NamespaceReader.Wanted wantedBy(EndpointSpec spec) {
        boolean readsPods = spec.policy().reactive().metrics().stream()
                .anyMatch(metric -> PodReadings.RESOURCES.contains(metric.name())
                        && !spec.metricSources().containsKey(metric.name()));
        return new NamespaceReader.Wanted(
                isA("Deployment", spec.scaleTargetRef()), isA("StatefulSet", spec.scaleTargetRef()), readsPods);
    }

    private static boolean isA(String kind, ScaleTargetRef target) {
        return target.apiVersion().equals(APPS) && target.kind().equals(kind);
    }

    @Override
    public State state(EndpointId endpoint, Instant now) {
        EndpointSpec spec = specs.get(endpoint);
        if (spec == null) {
            return new Unknown("no specification of " + endpoint + " is in force");
        }
        Silence silent = silence;
        if (silent != null && silent.at().equals(now)) {
            return new Unknown(silent.reason());
        }
        try {
            return look(spec, now);
        } catch (KubernetesClientException fault) {
            String reason = ApiFaults.sentence(fault);
            if (ApiFaults.isSilence(fault)) {
                silence = new Silence(now, reason);
            }
            return new Unknown(reason);
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            return new Unknown("what the Kubernetes API server says of %s cannot be read: %s"
                    .formatted(endpoint, unreadable.getMessage()));
        }
    }

    private State look(EndpointSpec spec, Instant now) {
        String namespace = spec.id().namespace();
        NamespaceView view = namespaces
                .computeIfAbsent(namespace, name -> new NamespaceReader(client, name))
                .at(now, wanted.getOrDefault(namespace, wantedBy(spec)));
        ScaleTargetRef target = spec.scaleTargetRef();
        boolean isListed = isA("Deployment", target) || isA("StatefulSet", target);
        Workload workload = isListed
                ? view.workloads().get(NamespaceView.key(target.kind(), target.name()))
                : scaleOf(namespace, target);
        if (workload == null) {
            return new Unknown(
                    "there is no %s %s/%s in the cluster".formatted(target.kind(), namespace, target.name()));
        }
        List<Pod> pods = view.podsOf(workload);
        List<PodReading> read = pods.stream()
                .map(pod ->
                        readings.read(pod, view.metrics().get(pod.getMetadata().getName()), now))
                .toList();
        Integer ready = workload.readyReplicas();
        return new Replicas(
                workload.replicas(),
                ready == null ? countReady(pods) : ready,
                workload.rolloutInProgress(),
                read,
                workload.templateAmong(pods),
                starts.computeIfAbsent(spec.id(), any -> new PodStarts()).of(pods));
    }

    private static int countReady(List<Pod> pods) {
        return (int) pods.stream()
                .filter(pod -> Pods.isReady(pod) && !Pods.isBeingDeleted(pod))
                .count();
    }

    /** Null where there is none. */
    private @Nullable Workload scaleOf(String namespace, ScaleTargetRef target) {
        try {
            Scale scale = kinds.computeIfAbsent(
                            target.apiVersion() + "/" + target.kind(),
                            any -> client.genericKubernetesResources(target.apiVersion(), target.kind()))
                    .inNamespace(namespace)
                    .withName(target.name())
                    .scale();
            return scale == null ? null : Workload.of(scale);
        } catch (KubernetesClientException fault) {
            if (ApiFaults.isNotFound(fault)) {
                return null;
            }
            throw fault;
        }
    }

    @Override
    public Outcome scaleTo(EndpointId endpoint, int replicas, Instant now) {
        return new NotScaled("mode Observe decides and journals only");
    }

    @Override
    public void close() {
        client.close();
    }
}
