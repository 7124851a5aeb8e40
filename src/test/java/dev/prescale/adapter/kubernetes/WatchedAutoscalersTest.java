package dev.prescale.adapter.kubernetes;

import static dev.prescale.adapter.kubernetes.PodBuilders.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.Mode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false)
class WatchedAutoscalersTest {
    private static final ScaleTargetRef CHAT = new ScaleTargetRef("apps/v1", "Deployment", "chat");

    private KubernetesMockServer server;
    private KubernetesClient client;
    private WatchedCluster watched;
    private ClusterView view;

    @BeforeEach
    void connect() {
        watched = WatchedCluster.of(client.getConfiguration());
        view = watched.cluster().view();
    }

    @AfterEach
    void disconnect() {
        watched.close();
    }

    @Test
    void findsTheHpasOfAWorkloadWhateverTheVersionOfItsKind() {
        client.resource(hpa("b", "apps/v1", "Deployment", "chat")).create();
        client.resource(hpa("a", "apps/v1beta2", "Deployment", "chat")).create();
        client.resource(hpa("c", "apps/v1", "StatefulSet", "chat")).create();
        client.resource(hpa("d", "example.dev/v1", "Deployment", "chat")).create();
        acting().settled();

        assertThat(view.autoscalersOf(NAMESPACE, CHAT))
                .extracting(hpa -> hpa.getMetadata().getName())
                .containsExactly("a", "b");
        assertThat(view.autoscalersOf("elsewhere", CHAT)).isEmpty();
        assertThat(view.autoscalers()).hasSize(4);
        assertThat(view.blindness(NAMESPACE)).isEmpty();

        client.resource(hpa("b", "apps/v1", "Deployment", "other")).update();
        watched.until(() -> view.autoscalersOf(NAMESPACE, CHAT).size() == 1);
    }

    @Test
    void keepsWhoManagesWhichFieldOfAnHpa() {
        HorizontalPodAutoscaler managed = new HorizontalPodAutoscalerBuilder(hpa("a", "apps/v1", "Deployment", "chat"))
                .editMetadata()
                .addToAnnotations("prescale.dev/floor", "x")
                .addNewManagedField()
                .withManager("kubectl")
                .endManagedField()
                .endMetadata()
                .build();
        client.resource(managed).create();
        watched.until(() -> !view.autoscalers().isEmpty());

        assertThat(view.autoscalers().getFirst().getMetadata().getManagedFields())
                .hasSize(1);
        assertThat(view.autoscalers().getFirst().getMetadata().getAnnotations()).containsKey("prescale.dev/floor");
    }

    @Test
    void aScaledObjectScalesADeploymentWhereItSaysNothingElse() {
        createScaledObject("plain", Map.of("name", "chat"));
        createScaledObject("set", Map.of("name", "chat", "kind", "StatefulSet"));
        createScaledObject("rollout", Map.of("name", "chat", "kind", "Rollout", "apiVersion", "argoproj.io/v1alpha1"));
        acting().settled();

        assertThat(view.scaledObjectsOf(NAMESPACE, CHAT)).containsExactly("plain");
        assertThat(view.targetOfScaledObject(NAMESPACE, "plain")).hasValue(CHAT);
        assertThat(view.targetOfScaledObject(NAMESPACE, "other")).isEmpty();
        assertThat(view.targetOfScaledObject("elsewhere", "plain")).isEmpty();
        assertThat(view.scaledObjectsOf(NAMESPACE, new ScaleTargetRef("argoproj.io/v1alpha1", "Rollout", "chat")))
                .containsExactly("rollout");
    }

    @Test
    void whereKedaIsNotInstalledNobodyIsMissing() {
        refuse("/apis/keda.sh/v1alpha1/scaledobjects?limit=500", 404);
        acting().settled();

        watched.until(() -> view.blindness(NAMESPACE).isEmpty());
        assertThat(view.scaledObjectsOf(NAMESPACE, CHAT)).isEmpty();
    }

    @Test
    void whoWasNotReadYetOrMayNotBeReadIsNotNobody() {
        assertThat(view.blindness(NAMESPACE))
                .hasValue("horizontalpodautoscalers.autoscaling are being read for the first time");

        refuse("/apis/keda.sh/v1alpha1/scaledobjects?limit=500", 403);
        acting().settled();

        assertThat(view.blindness(NAMESPACE))
                .hasValueSatisfying(reason -> assertThat(reason).contains("403", "scaledobjects.keda.sh"));
    }

    private WatchedCluster acting() {
        return watched.inForce(
                WatchedCluster.spec(new EndpointId(NAMESPACE, "chat"), Mode.SCALE, "apps/v1", "Deployment", "chat"));
    }

    private void refuse(String path, int code) {
        server.expect()
                .get()
                .withPath(path)
                .andReturn(code, new StatusBuilder().withCode(code).build())
                .always();
    }

    private void createScaledObject(String name, Map<String, String> target) {
        GenericKubernetesResource scaledObject = new GenericKubernetesResourceBuilder()
                .withApiVersion("keda.sh/v1alpha1")
                .withKind("ScaledObject")
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("scaleTargetRef", target, "triggers", List.of()))
                .build();
        client.genericKubernetesResources(WatchedKind.SCALED_OBJECTS.api().context())
                .resource(scaledObject)
                .create();
    }

    private static HorizontalPodAutoscaler hpa(String name, String apiVersion, String kind, String target) {
        return new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withMaxReplicas(9)
                .withNewScaleTargetRef(apiVersion, kind, target)
                .endSpec()
                .build();
    }
}
