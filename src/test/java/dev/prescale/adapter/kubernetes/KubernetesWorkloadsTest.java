package dev.prescale.adapter.kubernetes;

import static dev.prescale.adapter.kubernetes.PodBuilders.NAMESPACE;
import static dev.prescale.adapter.kubernetes.WatchedCluster.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.ReplicaStart;
import dev.prescale.control.WorkloadScale;
import dev.prescale.control.WorkloadScale.Unknown;
import dev.prescale.scaling.Observation.PodReading;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.testing.PolicyFixture;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetricsListBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false)
class KubernetesWorkloadsTest {
    private static final EndpointId CHAT = new EndpointId(NAMESPACE, "chat");
    private static final EndpointId SHOP = new EndpointId(NAMESPACE, "shop");
    private static final String DEPLOYMENTS = "/apis/apps/v1/deployments?limit=500";
    private static final String METRICS = "/apis/metrics.k8s.io/v1beta1/namespaces/inference/pods";
    private static final String MODELS = "/apis/example.dev/v1";
    private static final String CHAT_SCALE = "/apis/example.dev/v1/namespaces/inference/models/chat/scale";

    private KubernetesMockServer server;
    private KubernetesClient client;
    private WatchedCluster watched;

    @BeforeEach
    void connect() {
        watched = WatchedCluster.of(client.getConfiguration());
    }

    @AfterEach
    void disconnect() {
        watched.close();
    }

    @Test
    void seesADeploymentWithItsPodsAndTheirStarts() {
        create(deployment("chat", 3, 2));
        ready("a", "chat", "v1", 90);
        ready("b", "chat", "v1", 95);
        create(PodBuilders.pending("c", "chat", "v1", Instant.EPOCH));
        ready("x", "shop", "v7", 20);
        watched.inForce(spec(CHAT, "apps/v1", "Deployment"));

        WorkloadScale.Replicas replicas = watched.replicas(CHAT);

        assertThat(replicas.currentReplicas()).isEqualTo(3);
        assertThat(replicas.readyReplicas()).isEqualTo(2);
        assertThat(replicas.rolloutInProgress()).isFalse();
        assertThat(replicas.template()).isEqualTo("v1");
        assertThat(replicas.pods()).extracting(PodReading::ready).containsExactly(true, true, false);
        assertThat(replicas.starts())
                .extracting(ReplicaStart::duration)
                .containsExactly(Duration.ofSeconds(90), Duration.ofSeconds(95), null);
    }

    @Test
    void asksForNothingHoweverManyCyclesAndEndpoints() throws InterruptedException {
        List<EndpointSpec> specs = new ArrayList<>();
        IntStream.range(0, 50).forEach(k -> {
            specs.add(spec(new EndpointId(NAMESPACE, "e" + k), "apps/v1", "Deployment"));
            create(deployment("e" + k, 1, 1));
        });
        watched.inForce(specs.toArray(EndpointSpec[]::new)).settled();
        specs.forEach(spec -> watched.replicas(spec.id()));
        int before = server.getRequestCount();

        for (int cycle = 0; cycle < 20; cycle++) {
            watched.pass(Duration.ofSeconds(2));
            specs.forEach(spec -> assertThat(watched.state(spec.id())).isInstanceOf(WorkloadScale.Replicas.class));
        }

        assertThat(server.getRequestCount() - before).isZero();
    }

    @Test
    void seesAChangeWithoutBeingAsked() {
        create(deployment("chat", 3, 2));
        watched.inForce(spec(CHAT, "apps/v1", "Deployment"));
        watched.replicas(CHAT);

        client.resource(deployment("chat", 7, 2)).update();
        assertThat(watched.replicas(CHAT, replicas -> replicas.currentReplicas() == 7))
                .isNotNull();

        client.resource(deployment("chat", 7, 2)).delete();
        watched.until(
                () -> watched.state(CHAT).equals(new Unknown("there is no Deployment inference/chat in the cluster")));
    }

    @Test
    void watchesOnlyWhatSomeSpecificationNeeds() {
        create(deployment("chat", 3, 2));
        watched.settled();
        assertThat(watched.cluster().pods().watches()).isEmpty();

        watched.inForce(spec(CHAT, "apps/v1", "Deployment"));
        watched.replicas(CHAT);
        assertThat(watched.cluster().targets().watches()).hasSize(1);

        watched.inForce();
        assertThat(watched.cluster().targets().watches()).isEmpty();
        assertThat(watched.cluster().pods().all()).isEmpty();
    }

    @Test
    void seesAStatefulSet() {
        create(new StatefulSetBuilder()
                .withNewMetadata()
                .withName("chat")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withReplicas(4)
                .withNewSelector()
                .addToMatchLabels("app", "chat")
                .endSelector()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withReadyReplicas(3)
                .withUpdateRevision("chat-5")
                .withCurrentRevision("chat-5")
                .endStatus()
                .build());
        watched.inForce(spec(CHAT, "apps/v1", "StatefulSet"));

        assertThat(watched.replicas(CHAT))
                .isEqualTo(new WorkloadScale.Replicas(4, 3, false, List.of(), "chat-5", List.of()));
    }

    @Test
    void readsTheScaleSubresourceOfAnyOtherKindOncePerChange() {
        answer(MODELS, kinds("models", "models/scale"));
        createModel(model("chat", 1));
        answer(CHAT_SCALE, scale(5));
        ready("a", "chat", "v1", 60);
        create(PodBuilders.pending("b", "chat", "v1", Instant.EPOCH));
        ready("x", "shop", "v7", 20);
        watched.inForce(spec(CHAT, "example.dev/v1", "Model"));

        WorkloadScale.Replicas replicas = watched.replicas(CHAT);

        assertThat(replicas.currentReplicas()).isEqualTo(5);
        assertThat(replicas.readyReplicas()).isEqualTo(1);
        assertThat(replicas.pods()).hasSize(2);

        int before = server.getRequestCount();
        for (int cycle = 0; cycle < 5; cycle++) {
            watched.pass(Duration.ofSeconds(15));
            watched.replicas(CHAT);
        }
        assertThat(server.getRequestCount() - before).isZero();

        server.clearExpectations();
        answer(CHAT_SCALE, scale(6));
        models().resource(model("chat", 2)).update();
        assertThat(watched.replicas(CHAT, now -> now.currentReplicas() == 6)).isNotNull();
    }

    @Test
    void aKindWithoutAScaleSubresourceIsSaidSo() {
        answer(MODELS, kinds("models"));
        watched.inForce(spec(CHAT, "example.dev/v1", "Model")).settled();

        assertThat(watched.state(CHAT)).isEqualTo(new Unknown("Model in example.dev/v1 has no scale subresource"));
    }

    @Test
    void aKindThatTheClusterDoesNotHaveIsLookedForAgainAndNotInEveryCycle() {
        refuse(MODELS, 404);
        watched.inForce(spec(CHAT, "example.dev/v1", "Model")).settled();
        assertThat(watched.state(CHAT)).isEqualTo(new Unknown("the cluster has no kind Model in example.dev/v1"));

        int before = server.getRequestCount();
        for (int second = 0; second < 1_200; second += 2) {
            watched.pass(Duration.ofSeconds(2));
        }
        assertThat(server.getRequestCount() - before).isBetween(15, 45);

        server.clearExpectations();
        answer(MODELS, kinds("models", "models/scale"));
        answer(CHAT_SCALE, scale(5));
        createModel(model("chat", 1));
        watched.pass(Duration.ofMinutes(2));
        assertThat(watched.replicas(CHAT).currentReplicas()).isEqualTo(5);
    }

    @Test
    void readsTheUsageOfPodsOncePerCycleWhereAMetricNeedsIt() {
        EndpointSpec chat = spec(CHAT, "apps/v1", "Deployment");
        ScalingPolicy policy = PolicyFixture.aPolicy()
                .metric("cpu", TargetType.UTILIZATION, 0.7)
                .build();
        EndpointSpec byPod = new EndpointSpec(
                chat.id(),
                chat.mode(),
                chat.scaleTargetRef(),
                policy,
                chat.calendar(),
                chat.traffic(),
                chat.history(),
                Map.of(),
                chat.pausing());
        create(deployment("chat", 2, 2));
        create(deployment("shop", 1, 1));
        ready("a", "chat", "v1", 90);
        ready("b", "chat", "v1", 90);
        answer(METRICS, metrics(PodBuilders.metrics("a", WatchedCluster.NOON, Duration.ofSeconds(15), "250m", "64Mi")));
        watched.inForce(byPod, spec(SHOP, "apps/v1", "Deployment")).settled();

        assertThat(watched.replicas(CHAT).pods())
                .extracting(pod -> pod.usageOf("cpu"))
                .containsExactly(0.25, null);
        int before = server.getRequestCount();
        watched.replicas(CHAT);
        watched.replicas(SHOP);
        assertThat(server.getRequestCount() - before).as("in the same cycle").isZero();

        server.clearExpectations();
        refuse(METRICS, 503);
        watched.pass(Duration.ofSeconds(15));

        assertThat(watched.replicas(CHAT).pods())
                .extracting(PodReading::usage)
                .as("missing, never zero")
                .containsExactly(Map.of(), Map.of());
    }

    @Test
    void whatHasNotBeenReadYetIsNotAbsent() {
        watched.inForce(spec(CHAT, "apps/v1", "Deployment"));

        assertThat(watched.state(CHAT)).isEqualTo(new Unknown("deployments.apps are being read for the first time"));
    }

    @Test
    void whatIsNotInTheClusterIsUnknown() {
        create(deployment("shop", 3, 2));
        watched.inForce(spec(CHAT, "apps/v1", "Deployment")).settled();

        assertThat(watched.state(CHAT)).isEqualTo(new Unknown("there is no Deployment inference/chat in the cluster"));
        assertThat(watched.state(SHOP)).isEqualTo(new Unknown("no specification of inference/shop is in force"));
    }

    @Test
    void whatIsBeingDeletedIsNotScaled() {
        Deployment leaving = deployment("chat", 3, 2);
        leaving.getMetadata().setFinalizers(List.of("foregroundDeletion"));
        create(leaving);
        client.resource(leaving).delete();
        watched.inForce(spec(CHAT, "apps/v1", "Deployment")).settled();

        assertThat(watched.state(CHAT)).isEqualTo(new Unknown("Deployment inference/chat is being deleted"));
    }

    @Test
    void onlyTheNamespacesThatWereNamedAreSeen() {
        EndpointId other = new EndpointId("other", "chat");
        create(deployment("chat", 3, 2));
        try (WatchedCluster narrow =
                new WatchedCluster(WatchedCluster.client(client.getConfiguration()), List.of(NAMESPACE))) {
            narrow.inForce(spec(CHAT, "apps/v1", "Deployment"), spec(other, "apps/v1", "Deployment"));

            assertThat(narrow.replicas(CHAT).currentReplicas()).isEqualTo(3);
            assertThat(narrow.state(other))
                    .isEqualTo(new Unknown(
                            "namespace other is not among those that are seen (prescale.kubernetes.namespaces)"));
        }
    }

    @Test
    void aRefusalIsUnknownWithItsReasonUntilItIsTakenBack() {
        server.expect()
                .get()
                .withPath(DEPLOYMENTS)
                .andReturn(
                        403,
                        new StatusBuilder()
                                .withCode(403)
                                .withMessage("deployments.apps is forbidden: User \"prescale\" cannot list it")
                                .build())
                .always();
        create(deployment("chat", 3, 2));
        watched.inForce(spec(CHAT, "apps/v1", "Deployment")).settled();

        assertThat(watched.state(CHAT))
                .isEqualTo(new Unknown("the Kubernetes API server forbids it (403): deployments.apps is forbidden:"
                        + " User \"prescale\" cannot list it (list of deployments.apps)"));

        server.clearExpectations();
        watched.pass(Duration.ofSeconds(2));
        assertThat(watched.replicas(CHAT).currentReplicas()).isEqualTo(3);
    }

    @Test
    void anApiServerThatIsAwayFromTheBeginningIsUnknown() {
        try (WatchedCluster away = WatchedCluster.of(
                new ConfigBuilder().withMasterUrl("http://127.0.0.1:1").build())) {
            away.inForce(spec(CHAT, "apps/v1", "Deployment")).settled();

            assertThat(away.state(CHAT))
                    .isInstanceOfSatisfying(
                            Unknown.class,
                            unknown -> assertThat(unknown.reason())
                                    .startsWith("the Kubernetes API server does not answer: "));
            away.pass(Duration.ofSeconds(10));
            assertThat(away.cluster().outage())
                    .hasValueSatisfying(sentence -> assertThat(sentence)
                            .startsWith("nothing is heard of the Kubernetes API server since 2024-01-01T12:00:00Z ("));
        }
    }

    private void create(HasMetadata object) {
        client.resource(object).create();
    }

    private void createModel(GenericKubernetesResource model) {
        models().resource(model).create();
    }

    private MixedOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> models() {
        return client.genericKubernetesResources(new ApiKind("example.dev", "v1", "Model", "models").context());
    }

    /** Ready so many seconds after the mock server says that it was created. */
    private void ready(String name, String app, String template, int seconds) {
        Pod pending = client.resource(PodBuilders.pending(name, app, template, Instant.EPOCH))
                .create();
        Instant created = Instant.parse(pending.getMetadata().getCreationTimestamp());
        client.resource(PodBuilders.withStatus(
                        pending, created, PodBuilders.condition("Ready", "True", created.plusSeconds(seconds)), 0))
                .update();
    }

    private void answer(String path, Object body) {
        server.expect().get().withPath(path).andReturn(200, body).always();
    }

    private void refuse(String path, int code) {
        server.expect()
                .get()
                .withPath(path)
                .andReturn(code, new StatusBuilder().withCode(code).build())
                .always();
    }

    private static Object kinds(String... names) {
        return new APIResourceListBuilder()
                .withGroupVersion("example.dev/v1")
                .withResources(List.of(names).stream()
                        .map(name -> new APIResourceBuilder()
                                .withName(name)
                                .withKind(name.contains("/") ? "Scale" : "Model")
                                .withNamespaced(true)
                                .withSingularName("model")
                                .build())
                        .toList())
                .build();
    }

    private static GenericKubernetesResource model(String name, int size) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("example.dev/v1")
                .withKind("Model")
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("size", size))
                .build();
    }

    private static Object scale(int replicas) {
        return new ScaleBuilder()
                .withNewMetadata()
                .withName("chat")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .withNewStatus()
                .withReplicas(replicas)
                .withSelector("app=chat")
                .endStatus()
                .build();
    }

    private static Object metrics(PodMetrics... metrics) {
        return new PodMetricsListBuilder().withItems(metrics).build();
    }

    private static Deployment deployment(String name, int replicas, int ready) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(10L)
                .withReplicas(replicas)
                .withUpdatedReplicas(replicas)
                .withReadyReplicas(ready)
                .endStatus()
                .build();
    }
}
