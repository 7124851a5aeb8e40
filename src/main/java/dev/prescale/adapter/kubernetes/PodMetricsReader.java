package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Usages of pods, which cannot be watched: a namespace is listed at most once per cycle, by whoever asks first. Who asks meanwhile
 * waits for the same answer. Without an answer there are no usages: missing, never zero.
 */
final class PodMetricsReader {
    private static final Logger LOG = Logger.getLogger(PodMetricsReader.class);

    private final KubernetesClient client;
    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private volatile @Nullable Instant silentAt;

    PodMetricsReader(KubernetesClient client) {
        this.client = client;
    }

    void retain(Set<String> names) {
        namespaces.keySet().retainAll(names);
    }

    /** By pod. */
    Map<String, PodMetrics> at(String namespace, Instant now) {
        return namespaces.computeIfAbsent(namespace, Namespace::new).at(now);
    }

    private final class Namespace {
        private final String name;
        private @Nullable Instant readAt;
        private Map<String, PodMetrics> byPod = Map.of();
        private String fault = "";

        Namespace(String name) {
            this.name = name;
        }

        synchronized Map<String, PodMetrics> at(Instant now) {
            if (!now.equals(readAt)) {
                readAt = now;
                byPod = Map.of();
                // nobody waits twice in a cycle for an API server that does not answer
                if (!now.equals(silentAt)) {
                    list(now);
                }
            }
            return byPod;
        }

        private void list(Instant now) {
            Map<String, PodMetrics> listed = new HashMap<>();
            String failure = "";
            try {
                client.top()
                        .pods()
                        .metrics(name)
                        .getItems()
                        .forEach(metrics -> listed.put(metrics.getMetadata().getName(), metrics));
            } catch (KubernetesClientException failed) {
                failure = ApiFaults.sentence(failed);
                if (ApiFaults.isSilence(failed)) {
                    silentAt = now;
                }
            }
            byPod = listed;
            if (!failure.equals(fault)) {
                fault = failure;
                if (failure.isEmpty()) {
                    LOG.infof("The metrics of pods in %s can be read again", name);
                } else {
                    LOG.warnf("The metrics of pods in %s cannot be read: %s", name, failure);
                }
            }
        }
    }
}
