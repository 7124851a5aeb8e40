package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.util.List;
import java.util.Map;

/**
 * What was listed of one namespace in one cycle.
 *
 * @param workloads by kind and name, of the kinds that are listed
 * @param metrics by pod
 */
record NamespaceView(Map<String, Workload> workloads, List<Pod> pods, Map<String, PodMetrics> metrics) {
    static String key(String kind, String name) {
        return kind + "/" + name;
    }

    List<Pod> podsOf(Workload workload) {
        return pods.stream()
                .filter(pod -> workload.selector().select(pod.getMetadata().getLabels()))
                .toList();
    }
}
