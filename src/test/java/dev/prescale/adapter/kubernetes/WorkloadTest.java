package dev.prescale.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {
    private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "settled, 4, 4, 5, 5, 5, false",
        "the controller has not seen the newest specification, 5, 4, 5, 5, 5, true",
        "two of the old template are left, 4, 4, 5, 7, 5, true",
        "the first of the new template is awaited, 4, 4, 5, 5, 0, true",
        "recreated: none is left and none is there, 4, 4, 5, 0, 0, true",
        "a quota keeps two out, 4, 4, 5, 3, 3, false",
        "scaled to zero, 4, 4, 0, 0, 0, false",
    })
    void knowsARolloutOfADeployment(
            String name, long generation, long observed, int desired, int replicas, int updated, boolean isRolling) {
        assertThat(Workload.of(deployment(generation, observed, desired, replicas, updated))
                        .rolloutInProgress())
                .isEqualTo(isRolling);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "settled, new, new, 5, 0, RollingUpdate, false",
        "two are of the new revision, old, new, 2, 0, RollingUpdate, true",
        "the partition keeps three, old, new, 2, 3, RollingUpdate, false",
        "the partition is not reached yet, old, new, 1, 3, RollingUpdate, true",
        "by hand, old, new, 2, 0, OnDelete, false",
    })
    void knowsARolloutOfAStatefulSet(
            String name,
            String current,
            String update,
            int updated,
            int partition,
            String strategy,
            boolean isRolling) {
        Workload workload = Workload.of(statefulSet(current, update, updated, partition, strategy));

        assertThat(workload.rolloutInProgress()).isEqualTo(isRolling);
        assertThat(workload.templateAmong(List.of())).isEqualTo("new");
        assertThat(workload.replicas()).isEqualTo(5);
    }

    @Test
    void theNewestTemplateIsTheOneWhoseFirstPodIsTheYoungest() {
        Workload workload = Workload.of(deployment(1, 1, 3, 3, 3));

        assertThat(workload.templateAmong(List.of(
                        PodBuilders.pending("a", "chat", "old", NOON),
                        PodBuilders.pending("b", "chat", "new", NOON.plusSeconds(10)),
                        // a replica that the old revision started during the rollout
                        PodBuilders.pending("c", "chat", "old", NOON.plusSeconds(20)))))
                .isEqualTo("new");
        assertThat(workload.templateAmong(List.of())).isNull();
    }

    private static Deployment deployment(long generation, long observed, int desired, int replicas, int updated) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("chat")
                .withGeneration(generation)
                .endMetadata()
                .withNewSpec()
                .withReplicas(desired)
                .withNewSelector()
                .withMatchLabels(Map.of("app", "chat"))
                .endSelector()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(observed)
                .withReplicas(replicas)
                .withUpdatedReplicas(updated)
                .endStatus()
                .build();
    }

    private static StatefulSet statefulSet(String current, String update, int updated, int partition, String strategy) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("chat")
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(5)
                .withNewUpdateStrategy()
                .withType(strategy)
                .withNewRollingUpdate()
                .withPartition(partition)
                .endRollingUpdate()
                .endUpdateStrategy()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withCurrentRevision(current)
                .withUpdateRevision(update)
                .withUpdatedReplicas(updated)
                .endStatus()
                .build();
    }
}
