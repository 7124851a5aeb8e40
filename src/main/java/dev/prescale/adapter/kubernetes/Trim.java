package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes from objects what nobody here reads, before they are kept: most of a pod is its environment and its volumes. */
final class Trim {
    private static final Set<String> CONDITIONS = Set.of("Ready", "PodScheduled");

    private Trim() {}

    static void managedFields(HasMetadata object) {
        object.getMetadata().setManagedFields(List.of());
    }

    private static void metadata(HasMetadata object) {
        ObjectMeta whole = object.getMetadata();
        object.setMetadata(new ObjectMetaBuilder()
                .withName(whole.getName())
                .withNamespace(whole.getNamespace())
                .withUid(whole.getUid())
                .withGeneration(whole.getGeneration())
                .withResourceVersion(whole.getResourceVersion())
                .withCreationTimestamp(whole.getCreationTimestamp())
                .withDeletionTimestamp(whole.getDeletionTimestamp())
                .withLabels(whole.getLabels())
                .build());
    }

    /** Labels and resources; conditions and containers as far as readings and starts need them. */
    static void pod(Pod pod) {
        metadata(pod);
        if (pod.getSpec() != null) {
            pod.setSpec(new PodSpecBuilder()
                    .withContainers(pod.getSpec().getContainers().stream()
                            .map(Trim::container)
                            .toList())
                    .withInitContainers(pod.getSpec().getInitContainers().stream()
                            .filter(container -> "Always".equals(container.getRestartPolicy()))
                            .map(Trim::container)
                            .toList())
                    .withResources(pod.getSpec().getResources())
                    .build());
        }
        PodStatus status = pod.getStatus();
        if (status != null) {
            pod.setStatus(new PodStatusBuilder()
                    .withPhase(status.getPhase())
                    .withStartTime(status.getStartTime())
                    .withConditions(status.getConditions().stream()
                            .filter(condition -> CONDITIONS.contains(condition.getType()))
                            .toList())
                    .withContainerStatuses(status.getContainerStatuses().stream()
                            .map(Trim::containerStatus)
                            .toList())
                    .build());
        }
    }

    private static Container container(Container container) {
        return new ContainerBuilder()
                .withName(container.getName())
                .withResources(container.getResources())
                .withRestartPolicy(container.getRestartPolicy())
                .build();
    }

    private static ContainerStatus containerStatus(ContainerStatus container) {
        return new ContainerStatusBuilder()
                .withName(container.getName())
                .withRestartCount(container.getRestartCount())
                .withState(container.getState())
                .build();
    }

    static void deployment(Deployment deployment) {
        metadata(deployment);
        deployment.getSpec().setTemplate(null);
        if (deployment.getStatus() != null) {
            deployment.getStatus().setConditions(List.of());
        }
    }

    static void statefulSet(StatefulSet set) {
        metadata(set);
        set.getSpec().setTemplate(null);
        set.getSpec().setVolumeClaimTemplates(List.of());
        if (set.getStatus() != null) {
            set.getStatus().setConditions(List.of());
        }
    }

    /** What it scales. */
    static void scaledObject(GenericKubernetesResource scaledObject) {
        metadata(scaledObject);
        Object target = scaledObject.get("spec", "scaleTargetRef");
        scaledObject.setAdditionalProperties(
                target == null ? Map.of() : Map.of("spec", Map.of("scaleTargetRef", target)));
    }

    static void toMetadata(GenericKubernetesResource object) {
        metadata(object);
        object.setAdditionalProperties(Map.of());
    }
}
