package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds pods by a label selector without looking at all of a namespace: by the rarest label that the selector asks for. */
final class PodsByLabel {
    /** Labels that every pod of a StatefulSet has for itself: no selector of a workload asks for them. */
    private static final Set<String> NOT_INDEXED =
            Set.of("statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index");

    private PodsByLabel() {}

    /** The keys of a pod: its namespace, and each of its labels there. */
    static Stream<String> keys(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null
                ? Stream.of(key(namespace))
                : Stream.concat(
                        Stream.of(key(namespace)),
                        labels.entrySet().stream()
                                .filter(label -> !NOT_INDEXED.contains(label.getKey()))
                                .map(label -> key(namespace, label.getKey(), label.getValue())));
    }

    /** Ordered by name. */
    static List<Pod> select(ObjectStore<Pod> pods, String namespace, Labels selector) {
        if (selector.requirements().isEmpty()) {
            return List.of();
        }
        List<String> rarest = selector.requirements().stream()
                .filter(Labels.Requirement::isOneOf)
                .filter(requirement -> !NOT_INDEXED.contains(requirement.key()))
                .map(requirement -> requirement.values().stream()
                        .map(value -> key(namespace, requirement.key(), value))
                        .toList())
                .min(Comparator.comparingInt(
                        keys -> keys.stream().mapToInt(pods::countUnder).sum()))
                .orElse(List.of(key(namespace)));
        return rarest.stream()
                .flatMap(pods::under)
                .filter(pod -> selector.select(pod.getMetadata().getLabels()))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    private static String key(String namespace) {
        return namespace;
    }

    private static String key(String namespace, String label, String value) {
        return namespace + "/" + label + "=" + value;
    }
}
