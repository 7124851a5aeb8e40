package dev.prescale.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The test bed keeps what it promises: pods of a Deployment are ready after the delay of their template. */
@Tag("e2e")
class ControlPlaneIT {
    @Test
    void podsAreReadyAfterTheirStartTime() {
        try (ControlPlane plane = ControlPlane.begin();
                KubernetesClient admin = plane.server().admin()) {
            Map<String, String> labels = Map.of("app", "chat");
            admin.resource(new DeploymentBuilder()
                            .withNewMetadata()
                            .withName("chat")
                            .withNamespace("default")
                            .endMetadata()
                            .withNewSpec()
                            .withReplicas(2)
                            .withNewSelector()
                            .withMatchLabels(labels)
                            .endSelector()
                            .withNewTemplate()
                            .withNewMetadata()
                            .withLabels(labels)
                            .withAnnotations(ControlPlane.startingIn(Duration.ofSeconds(5)))
                            .endMetadata()
                            .withNewSpec()
                            .addNewContainer()
                            .withName("chat")
                            .withImage("chat:1")
                            .endContainer()
                            .endSpec()
                            .endTemplate()
                            .endSpec()
                            .build())
                    .create();

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(admin.apps()
                                    .deployments()
                                    .inNamespace("default")
                                    .withName("chat")
                                    .get()
                                    .getStatus()
                                    .getReadyReplicas())
                            .isEqualTo(2));
            for (Pod pod : admin.pods().inNamespace("default").list().getItems()) {
                Instant ready = Instant.parse(pod.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals("Ready"))
                        .findFirst()
                        .orElseThrow()
                        .getLastTransitionTime());
                Instant created = Instant.parse(pod.getMetadata().getCreationTimestamp());
                assertThat(Duration.between(created, ready)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(20));
            }
        }
    }
}
