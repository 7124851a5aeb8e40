package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetricsBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pods and metrics as an API server shows them. */
final class PodBuilders {
    static final String NAMESPACE = "inference";

    private PodBuilders() {}

    /** Of the workload {@code app}, not scheduled yet. */
    static Pod pending(String name, String app, String template, Instant created) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withUid("uid-" + name)
                .withCreationTimestamp(created.toString())
                .withLabels(Map.of("app", app, "pod-template-hash", template))
                .endMetadata()
                .withNewSpec()
                .withContainers(container("main", "500m", "256Mi"))
                .endSpec()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
    }

    /** Scheduled after 2 s, its image there after 30 s, ready after that many. */
    static Pod ready(String name, String app, String template, Instant created, int readyAfter) {
        return withStatus(
                pending(name, app, template, created),
                created,
                condition("Ready", "True", created.plusSeconds(readyAfter)),
                0);
    }

    static Pod withStatus(Pod pod, Instant created, PodCondition ready, int restarts) {
        return new PodBuilder(pod)
                .withStatus(new PodStatusBuilder()
                        .withPhase("Running")
                        .withStartTime(created.plusSeconds(2).toString())
                        .withConditions(condition("PodScheduled", "True", created.plusSeconds(2)), ready)
                        .withContainerStatuses(new ContainerStatusBuilder()
                                .withName("main")
                                .withImage("main")
                                .withImageID("main")
                                .withReady("True".equals(ready.getStatus()))
                                .withRestartCount(restarts)
                                .withNewState()
                                .withNewRunning(created.plusSeconds(30).toString())
                                .endState()
                                .build())
                        .build())
                .build();
    }

    static PodCondition condition(String type, String status, Instant since) {
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withLastTransitionTime(since.toString())
                .build();
    }

    static Container container(String name, @Nullable String cpu, @Nullable String memory) {
        ContainerBuilder container = new ContainerBuilder().withName(name).withImage("main");
        var requests = container.withNewResources();
        if (cpu != null) {
            requests = requests.addToRequests("cpu", new Quantity(cpu));
        }
        if (memory != null) {
            requests = requests.addToRequests("memory", new Quantity(memory));
        }
        return requests.endResources().build();
    }

    static PodMetrics metrics(String pod, @Nullable Instant at, Duration window, String cpu, String memory) {
        return new PodMetricsBuilder()
                .withNewMetadata()
                .withName(pod)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withTimestamp(at == null ? null : at.toString())
                .withWindow(new io.fabric8.kubernetes.api.model.Duration(window))
                .addNewContainer()
                .withName("main")
                .addToUsage("cpu", new Quantity(cpu))
                .addToUsage("memory", new Quantity(memory))
                .endContainer()
                .build();
    }
}
