package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Lists one namespace at most once per cycle, whoever asks first. Who asks meanwhile waits for the same answer. */
final class NamespaceReader {
    private static final Logger LOG = Logger.getLogger(NamespaceReader.class);

    /** From the API server's cache: what is a second old is new enough, and costs etcd nothing. */
    private static final ListOptions FROM_CACHE =
            new ListOptionsBuilder().withResourceVersion("0").build();

    private final KubernetesClient client;
    private final String namespace;
    private @Nullable Instant readAt;
    private @Nullable NamespaceView view;
    private @Nullable KubernetesClientException failure;
    private String metricsFault = "";

    NamespaceReader(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * What to list beside the pods.
     *
     * @param deployments whether an endpoint of the namespace is one; the other two likewise
     */
    record Wanted(boolean deployments, boolean statefulSets, boolean podMetrics) {}

    /** @throws KubernetesClientException where the API server does not answer, or refuses, for the rest of the cycle */
    synchronized NamespaceView at(Instant now, Wanted wanted) {
        if (!now.equals(readAt)) {
            readAt = now;
            view = null;
            failure = null;
            try {
                view = list(wanted);
            } catch (KubernetesClientException fault) {
                failure = fault;
            }
        }
        if (view == null) {
            throw failure == null ? new KubernetesClientException("nothing was listed") : failure;
        }
        return view;
    }

    private NamespaceView list(Wanted wanted) {
        List<Pod> pods = client.pods().inNamespace(namespace).list(FROM_CACHE).getItems();
        Map<String, Workload> workloads = new HashMap<>();
        if (wanted.deployments()) {
            client.apps().deployments().inNamespace(namespace).list(FROM_CACHE).getItems().stream()
                    .forEach(deployment -> workloads.put(
                            NamespaceView.key(
                                    "Deployment", deployment.getMetadata().getName()),
                            Workload.of(deployment)));
        }
        if (wanted.statefulSets()) {
            client.apps().statefulSets().inNamespace(namespace).list(FROM_CACHE).getItems().stream()
                    .forEach(set -> workloads.put(
                            NamespaceView.key("StatefulSet", set.getMetadata().getName()), Workload.of(set)));
        }
        return new NamespaceView(workloads, pods, wanted.podMetrics() ? podMetrics() : Map.of());
    }

    /** Without the metrics API there are no usages: missing, never zero. */
    private Map<String, PodMetrics> podMetrics() {
        Map<String, PodMetrics> byPod = new HashMap<>();
        String fault = "";
        try {
            client.top()
                    .pods()
                    .metrics(namespace)
                    .getItems()
                    .forEach(metrics -> byPod.put(metrics.getMetadata().getName(), metrics));
        } catch (KubernetesClientException failed) {
            fault = ApiFaults.sentence(failed);
        }
        if (!fault.equals(metricsFault)) {
            metricsFault = fault;
            if (fault.isEmpty()) {
                LOG.infof("The metrics of pods in %s can be read again", namespace);
            } else {
                LOG.warnf("The metrics of pods in %s cannot be read: %s", namespace, fault);
            }
        }
        return byPod;
    }
}
