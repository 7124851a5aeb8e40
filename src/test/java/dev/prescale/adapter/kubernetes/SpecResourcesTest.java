package dev.prescale.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.config.SpecFault;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Mode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false)
class SpecResourcesTest {
    private static final EndpointId CHAT = new EndpointId("inference", "chat");
    private static final String LIST = "/apis/prescale.dev/v1alpha1/predictiveautoscalers?limit=500";

    private KubernetesMockServer server;
    private KubernetesClient client;
    private WatchedCluster watched;
    private SpecResources specs;

    @BeforeEach
    void connect() {
        watched = WatchedCluster.of(client.getConfiguration());
        specs = watched.cluster().specifications();
    }

    @AfterEach
    void disconnect() {
        watched.close();
    }

    @Test
    void aResourceIsInForceWithWhoItIs() {
        GenericKubernetesResource created = resources().resource(chat(20)).create();

        watched.until(() -> !specs.inForce().isEmpty());

        assertThat(specs.inForce()).singleElement().satisfies(resource -> {
            assertThat(resource.spec().id()).isEqualTo(CHAT);
            assertThat(resource.spec().mode()).isEqualTo(Mode.OBSERVE);
            assertThat(resource.spec().policy().bounds().maxReplicas()).isEqualTo(20);
            assertThat(resource.spec().pausing().paused()).isTrue();
            assertThat(resource.uid()).isEqualTo(created.getMetadata().getUid());
            assertThat(resource.created()).isEqualTo(created.getMetadata().getCreationTimestamp());
            assertThat(resource.generation()).isEqualTo(1);
            assertThat(resource.ownDocument().at("/metadata/annotations").toString())
                    .isEqualTo("{\"prescale.dev/paused\":\"true\"}");
            assertThat(resource.ownDocument().at("/spec/maxReplicas").asInt()).isEqualTo(20);
        });
        assertThat(specs.faults()).isEmpty();
        assertThat(specs.resource(CHAT)).isPresent();
    }

    @Test
    void nothingIsKnownBeforeTheFirstList() {
        assertThat(specs.isKnown()).isFalse();
        assertThat(specs.blindness()).hasValue("predictiveautoscalers.prescale.dev are being read for the first time");

        watched.until(specs::isKnown);

        assertThat(specs.inForce()).isEmpty();
        assertThat(specs.version()).isZero();
    }

    @Test
    void anEditIsTakenOver() {
        resources().resource(chat(20)).create();
        watched.until(() -> specs.version() == 1);

        resources().resource(chat(30)).update();
        watched.until(() -> specs.version() == 2);

        assertThat(specs.inForce())
                .singleElement()
                .satisfies(
                        resource -> assertThat(resource.spec().policy().bounds().maxReplicas())
                                .isEqualTo(30));
    }

    @Test
    void aFaultyEditLeavesTheLastValidOneInForceUntilItIsMended() {
        resources().resource(chat(20)).create();
        watched.until(() -> specs.version() == 1);
        List<SpecResource> before = specs.inForce();

        resources().resource(chat(-3)).update();
        watched.until(() -> specs.version() == 2);

        assertThat(specs.inForce()).isEqualTo(before);
        assertThat(specs.faults())
                .extracting(SpecFault::toString)
                .containsExactly("PredictiveAutoscaler inference/chat: spec.maxReplicas must be a whole number from"
                        + " 1 to 100000, was -3");

        resources().resource(chat(20)).update();
        watched.until(() -> specs.version() == 3);
        assertThat(specs.faults()).isEmpty();
    }

    @Test
    void oneThatWasNeverValidIsAFaultOnly() {
        resources().resource(chat(-3)).create();
        watched.until(() -> specs.version() == 1);

        assertThat(specs.inForce()).isEmpty();
        assertThat(specs.faults()).hasSize(1);
        assertThat(specs.resource(CHAT)).as("its status can be told").isPresent();
    }

    @Test
    void aChangeOfTheStatusAloneChangesNothing() {
        resources().resource(chat(20)).create();
        watched.until(() -> specs.version() == 1);

        GenericKubernetesResource withStatus = chat(20);
        withStatus.setAdditionalProperty("status", Map.of("currentReplicas", 7));
        resources().resource(withStatus).update();
        watched.until(() -> specs.resource(CHAT)
                .filter(resource -> resource.get("status") != null)
                .isPresent());
        watched.pass(Duration.ofSeconds(2));

        assertThat(specs.version()).isEqualTo(1);
    }

    @Test
    void oneThatIsDeletedLeavesWithItsFaults() {
        resources().resource(chat(-3)).create();
        watched.until(() -> specs.version() == 1);

        resources().resource(chat(20)).delete();
        watched.until(() -> specs.version() == 2);

        assertThat(specs.inForce()).isEmpty();
        assertThat(specs.faults()).isEmpty();
        assertThat(specs.resource(CHAT)).isEmpty();
    }

    @Test
    void whereTheKindIsNotInstalledThereAreNoneUntilItIs() {
        refuse(404);
        watched.until(specs::isKnown);
        assertThat(specs.inForce()).isEmpty();
        watched.settled();
        Instant begin = watched.now();
        int before = server.getRequestCount();
        watched.untilInTime(() -> server.getRequestCount() >= before + 4);
        assertThat(Duration.between(begin, watched.now()))
                .as("after 1, 2, 4 and 8 s, each minus a half at most")
                .isGreaterThan(Duration.ofSeconds(7));

        server.clearExpectations();
        resources().resource(chat(20)).create();
        watched.untilInTime(() -> !specs.inForce().isEmpty());
    }

    @Test
    void withoutTheRightToReadThemNobodyMayConcludeThatThereAreNone() {
        refuse(403);
        watched.settled();

        assertThat(specs.isKnown()).isFalse();
        assertThat(specs.blindness())
                .hasValueSatisfying(
                        reason -> assertThat(reason).startsWith("the Kubernetes API server forbids it (403)"));
    }

    private void refuse(int code) {
        server.expect()
                .get()
                .withPath(LIST)
                .andReturn(code, new StatusBuilder().withCode(code).build())
                .always();
    }

    private MixedOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> resources() {
        return client.genericKubernetesResources(
                WatchedKind.SPECIFICATIONS.api().context());
    }

    static GenericKubernetesResource chat(int maxReplicas) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("prescale.dev/v1alpha1")
                .withKind("PredictiveAutoscaler")
                .withNewMetadata()
                .withName("chat")
                .withNamespace("inference")
                .addToLabels("team", "chat")
                .addToAnnotations("kubectl.kubernetes.io/last-applied-configuration", "{}")
                .addToAnnotations("prescale.dev/paused", "true")
                .endMetadata()
                .addToAdditionalProperties(
                        "spec",
                        Map.of(
                                "scaleTargetRef",
                                Map.of("name", "chat"),
                                "maxReplicas",
                                maxReplicas,
                                "traffic",
                                Map.of(
                                        "influx",
                                        Map.of(
                                                "bucket", "traffic",
                                                "measurement", "http_requests",
                                                "field", "count",
                                                "kind", "Count")),
                                "capacity",
                                Map.of("perReplica", Map.of("requestRate", 12.5))))
                .build();
    }
}
