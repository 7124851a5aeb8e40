package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is looked up in a pod, null where it is not there. */
final class Pods {
    /** Where controllers put the hash of the template, the most common first. */
    private static final List<String> TEMPLATE_LABELS =
            List.of("pod-template-hash", "controller-revision-hash", "rollouts-pod-template-hash");

    private Pods() {}

    static @Nullable PodCondition condition(Pod pod, String type) {
        if (pod.getStatus() == null || pod.getStatus().getConditions() == null) {
            return null;
        }
        return pod.getStatus().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst()
                .orElse(null);
    }

    static boolean isTrue(@Nullable PodCondition condition) {
        return condition != null && "True".equals(condition.getStatus());
    }

    static boolean isReady(Pod pod) {
        return isTrue(condition(pod, "Ready"));
    }

    static boolean isBeingDeleted(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** Of its containers; init containers are not among them. */
    static List<ContainerStatus> containers(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
                ? List.of()
                : pod.getStatus().getContainerStatuses();
    }

    /** Empty where no controller has left one. */
    static String template(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null
                ? ""
                : TEMPLATE_LABELS.stream()
                        .filter(labels::containsKey)
                        .map(labels::get)
                        .findFirst()
                        .orElse("");
    }

    static @Nullable Instant instant(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }
}
