package dev.prescale.adapter.kubernetes;

import static dev.prescale.adapter.kubernetes.PodBuilders.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.config.SpecFault;
import dev.prescale.control.EndpointId;
import dev.prescale.control.WorkloadScale.Unknown;
import dev.prescale.testing.KubernetesApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Specifications and workloads of kinds that come and go while they are watched, against a real API server. */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CustomKindsIT {
    private static final EndpointId CHAT = new EndpointId(NAMESPACE, "chat");
    private static final EndpointId JOB = new EndpointId(NAMESPACE, "job");
    private static final ApiKind MODELS = new ApiKind("example.dev", "v1", "Model", "models");
    private static final ApiKind JOBS = new ApiKind("example.dev", "v1", "BatchJob", "batchjobs");
    private static final ApiKind SPECIFICATIONS = WatchedKind.SPECIFICATIONS.api();

    private static KubernetesApiServer server;
    private static KubernetesClient admin;
    private static WatchedCluster watched;
    private static SpecResources specs;

    @BeforeAll
    static void begin() {
        server = KubernetesApiServer.begin();
        admin = server.admin();
        server.createNamespace(NAMESPACE);
        watched = WatchedCluster.of(server.config("admin"))
                .inForce(
                        WatchedCluster.spec(CHAT, "example.dev/v1", "Model"),
                        WatchedCluster.spec(JOB, "example.dev/v1", "BatchJob"));
        specs = watched.cluster().specifications();
    }

    @AfterAll
    static void end() {
        if (server != null) {
            watched.close();
            admin.close();
            server.close();
        }
    }

    @Test
    @Order(1)
    void whatTheClusterDoesNotHaveIsSaid() {
        watched.untilInTime(() -> watched.cluster().isTried() && specs.isKnown());

        assertThat(specs.inForce()).isEmpty();
        assertThat(watched.state(CHAT)).isEqualTo(new Unknown("the cluster has no kind Model in example.dev/v1"));
    }

    @Test
    @Order(2)
    void kindsThatAreInstalledLaterAreFoundWithoutANewProcess() {
        admin.resource(TestKinds.any(SPECIFICATIONS)).create();
        admin.resource(TestKinds.scalable(MODELS)).create();
        admin.resource(TestKinds.any(JOBS)).create();

        watched.untilInTime(
                () -> watched.state(CHAT).equals(new Unknown("there is no Model inference/chat in the cluster")));
        watched.untilInTime(
                () -> watched.state(JOB).equals(new Unknown("BatchJob in example.dev/v1 has no scale subresource")));
    }

    @Test
    @Order(3)
    void replicasAndSelectorOfACustomKindAreReadOncePerChange() {
        model(Map.of("size", 3)).create();
        assertThat(watched.replicas(CHAT).currentReplicas()).isEqualTo(3);

        model(Map.of("size", 3)).scale(5);
        assertThat(watched.replicas(CHAT, seen -> seen.currentReplicas() == 5)).isNotNull();
    }

    @Test
    @Order(4)
    void aSpecificationIsInForceAndAFaultyEditLeavesItSo() {
        specification(20).create();
        watched.untilInTime(() -> !specs.inForce().isEmpty());
        SpecResource first = specs.inForce().getFirst();
        assertThat(first.generation()).isEqualTo(1);
        assertThat(first.uid()).isNotEmpty();

        specification(-3).update();
        watched.until(() -> !specs.faults().isEmpty());

        assertThat(specs.inForce()).containsExactly(first);
        assertThat(specs.faults())
                .extracting(SpecFault::toString)
                .containsExactly("PredictiveAutoscaler inference/chat: spec.maxReplicas must be a whole number from"
                        + " 1 to 100000, was -3");

        specification(30).update();
        watched.until(() -> specs.faults().isEmpty());
        assertThat(specs.inForce().getFirst().generation()).isEqualTo(3);
    }

    @Test
    @Order(5)
    void theStatusIsNoChange() {
        long before = specs.version();
        GenericKubernetesResource shown = specs.resource(CHAT).orElseThrow();
        GenericKubernetesResource withStatus = resource(30);
        withStatus.getMetadata().setResourceVersion(shown.getMetadata().getResourceVersion());
        withStatus.setAdditionalProperty("status", Map.of("currentReplicas", 7));
        admin.genericKubernetesResources(SPECIFICATIONS.context())
                .inNamespace(NAMESPACE)
                .resource(withStatus)
                .updateStatus();

        watched.until(() ->
                Integer.valueOf(7).equals(specs.resource(CHAT).orElseThrow().get("status", "currentReplicas")));
        assertThat(specs.version()).isEqualTo(before);
    }

    @Test
    @Order(6)
    void whileTheApiServerIsAwaySpecificationsStayAndADeletionIsSeenWhenItIsBack() {
        server.stop();
        watched.untilInTime(() -> watched.cluster().outage().isPresent());
        assertThat(specs.inForce()).hasSize(1);

        server.start();
        specification(30).delete();
        watched.untilInTime(() -> specs.inForce().isEmpty());
        assertThat(specs.resource(CHAT)).isEmpty();
    }

    @Test
    @Order(7)
    void aKindThatIsTakenAwayTakesItsSpecificationsAlong() {
        specification(20).create();
        watched.untilInTime(() -> !specs.inForce().isEmpty());

        admin.resource(TestKinds.any(SPECIFICATIONS)).delete();
        watched.untilInTime(() -> specs.inForce().isEmpty());

        admin.resource(TestKinds.any(SPECIFICATIONS)).create();
        watched.untilInTime(() -> {
            try {
                specification(20).create();
            } catch (KubernetesClientException notYet) {
                // its paths are not served yet, or it is there
            }
            return !specs.inForce().isEmpty();
        });
    }

    private static Resource<GenericKubernetesResource> model(Map<String, Object> spec) {
        GenericKubernetesResource model = new GenericKubernetesResource();
        model.setApiVersion(MODELS.apiVersion());
        model.setKind(MODELS.kind());
        model.setMetadata(new ObjectMetaBuilder()
                .withName("chat")
                .withNamespace(NAMESPACE)
                .build());
        model.setAdditionalProperty("spec", spec);
        return admin.genericKubernetesResources(MODELS.context())
                .inNamespace(NAMESPACE)
                .resource(model);
    }

    private static Resource<GenericKubernetesResource> specification(int maxReplicas) {
        return admin.genericKubernetesResources(SPECIFICATIONS.context())
                .inNamespace(NAMESPACE)
                .resource(resource(maxReplicas));
    }

    private static GenericKubernetesResource resource(int maxReplicas) {
        return SpecResourcesTest.chat(maxReplicas);
    }
}
