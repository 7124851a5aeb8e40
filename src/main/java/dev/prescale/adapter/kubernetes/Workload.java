package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server says of a workload, whatever its kind.
 *
 * @param readyReplicas null where its kind does not say: its ready pods are counted then
 * @param template of the newest revision; null where its kind does not say
 */
record Workload(
        int replicas,
        @Nullable Integer readyReplicas,
        boolean rolloutInProgress,
        Labels selector,
        @Nullable String template) {

    /**
     * A rollout is in progress while the controller has not seen the newest specification, while there are replicas of an
     * older template, and while there are none of the newest. Fewer than desired alone is no rollout: a quota may keep
     * them out for good.
     */
    static Workload of(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
        int desired = orElse(deployment.getSpec().getReplicas(), 1);
        int updated = orElse(status.getUpdatedReplicas(), 0);
        boolean isRolling = isUnseen(deployment.getMetadata().getGeneration(), status.getObservedGeneration())
                || orElse(status.getReplicas(), 0) > updated
                || (updated == 0 && desired > 0);
        return new Workload(
                desired,
                orElse(status.getReadyReplicas(), 0),
                isRolling,
                Labels.of(deployment.getSpec().getSelector()),
                null);
    }

    /** Replicas below the partition of the update strategy, and all with {@code OnDelete}, are meant to stay as they are. */
    static Workload of(StatefulSet set) {
        StatefulSetStatus status = set.getStatus() == null ? new StatefulSetStatus() : set.getStatus();
        int desired = orElse(set.getSpec().getReplicas(), 1);
        var strategy = set.getSpec().getUpdateStrategy();
        boolean isManual = strategy != null && "OnDelete".equals(strategy.getType());
        int partition = strategy == null || strategy.getRollingUpdate() == null
                ? 0
                : orElse(strategy.getRollingUpdate().getPartition(), 0);
        boolean isOfTwoRevisions = status.getUpdateRevision() != null
                && !status.getUpdateRevision().equals(status.getCurrentRevision());
        boolean isRolling = isUnseen(set.getMetadata().getGeneration(), status.getObservedGeneration())
                || (isOfTwoRevisions && !isManual && orElse(status.getUpdatedReplicas(), 0) < desired - partition);
        return new Workload(
                desired,
                orElse(status.getReadyReplicas(), 0),
                isRolling,
                Labels.of(set.getSpec().getSelector()),
                status.getUpdateRevision());
    }

    /** A scale subresource tells nothing of rollouts. */
    static Workload of(Scale scale) {
        return new Workload(
                scale.getSpec() == null ? 0 : orElse(scale.getSpec().getReplicas(), 0),
                null,
                false,
                Labels.parse(
                        scale.getStatus() == null ? null : scale.getStatus().getSelector()),
                null);
    }

    private static boolean isUnseen(@Nullable Long generation, @Nullable Long observed) {
        return generation != null && (observed == null || observed < generation);
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    /**
     * The template of the newest revision: as the workload says, else the one whose first pod is the youngest. While both
     * an old and a new revision start pods, the newest pod alone would not tell.
     */
    @Nullable
    String templateAmong(List<Pod> pods) {
        if (template != null) {
            return template;
        }
        Map<String, Instant> firsts = new HashMap<>();
        for (Pod pod : pods) {
            Instant created = Pods.instant(pod.getMetadata().getCreationTimestamp());
            if (created != null && !Pods.template(pod).isEmpty()) {
                firsts.merge(Pods.template(pod), created, (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        return firsts.entrySet().stream()
                .max(Map.Entry.<String, Instant>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
