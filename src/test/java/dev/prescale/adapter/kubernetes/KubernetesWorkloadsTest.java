package dev.prescale.adapter.kubernetes;

import static dev.prescale.adapter.kubernetes.PodBuilders.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.ReplicaStart;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.Observation.PodReading;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.testing.PolicyFixture;
import dev.prescale.testing.Specs;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentListBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetListBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetricsListBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(https = false)
class KubernetesWorkloadsTest {
    private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");
    private static final EndpointId CHAT = new EndpointId(NAMESPACE, "chat");
    private static final EndpointId SHOP = new EndpointId(NAMESPACE, "shop");
    private static final String PODS = "/api/v1/namespaces/inference/pods?resourceVersion=0";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/inference/deployments?resourceVersion=0";
    private static final String STATEFUL_SETS = "/apis/apps/v1/namespaces/inference/statefulsets?resourceVersion=0";
    private static final String METRICS = "/apis/metrics.k8s.io/v1beta1/namespaces/inference/pods";

    private KubernetesMockServer server;
    private KubernetesClient client;
    private KubernetesWorkloads workloads;

    @BeforeEach
    void connect() {
        KubernetesClient patient = new KubernetesClientBuilder()
                .withConfig(KubernetesConnection.patient(client.getConfiguration()))
                .build();
        workloads = new KubernetesWorkloads(patient);
    }

    @Test
    void seesADeploymentWithItsPodsAndTheirStarts() {
        inForce(spec(CHAT, "apps/v1", "Deployment"));
        answer(DEPLOYMENTS, deployments(deployment("chat", 3, 2)));
        answer(
                PODS,
                pods(
                        PodBuilders.ready("a", "chat", "v1", NOON.minusSeconds(3_600), 90),
                        PodBuilders.ready("b", "chat", "v1", NOON.minusSeconds(3_600), 95),
                        PodBuilders.pending("c", "chat", "v1", NOON.minusSeconds(5)),
                        PodBuilders.ready("x", "shop", "v7", NOON.minusSeconds(3_600), 20)));

        WorkloadScale.Replicas replicas = replicas(CHAT, NOON);

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
    void listsANamespaceOncePerCycleHoweverManyEndpoints() throws InterruptedException {
        inForce(spec(CHAT, "apps/v1", "Deployment"), spec(SHOP, "apps/v1", "Deployment"));
        answer(DEPLOYMENTS, deployments(deployment("chat", 1, 1), deployment("shop", 2, 2)));
        answer(PODS, pods());

        for (int cycle = 0; cycle < 2; cycle++) {
            replicas(CHAT, NOON.plusSeconds(15 * cycle));
            replicas(SHOP, NOON.plusSeconds(15 * cycle));
        }

        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void seesAStatefulSet() {
        inForce(spec(CHAT, "apps/v1", "StatefulSet"));
        answer(
                STATEFUL_SETS,
                new StatefulSetListBuilder()
                        .withItems(new StatefulSetBuilder()
                                .withNewMetadata()
                                .withName("chat")
                                .endMetadata()
                                .withNewSpec()
                                .withReplicas(4)
                                .withNewSelector()
                                .addToMatchLabels("app", "chat")
                                .endSelector()
                                .endSpec()
                                .withNewStatus()
                                .withReadyReplicas(3)
                                .withUpdateRevision("chat-5")
                                .withCurrentRevision("chat-5")
                                .endStatus()
                                .build())
                        .build());
        answer(PODS, pods());

        assertThat(replicas(CHAT, NOON))
                .isEqualTo(new WorkloadScale.Replicas(4, 3, false, List.of(), "chat-5", List.of()));
    }

    @Test
    void seesAnyOtherKindThroughItsScaleSubresource() {
        inForce(spec(CHAT, "example.dev/v1", "Model"));
        answer(
                "/apis/example.dev/v1",
                new APIResourceListBuilder()
                        .withGroupVersion("example.dev/v1")
                        .withResources(new APIResourceBuilder()
                                .withName("models")
                                .withKind("Model")
                                .withNamespaced(true)
                                .withSingularName("model")
                                .build())
                        .build());
        answer(
                "/apis/example.dev/v1/namespaces/inference/models/chat/scale",
                new ScaleBuilder()
                        .withNewMetadata()
                        .withName("chat")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(5)
                        .endSpec()
                        .withNewStatus()
                        .withReplicas(5)
                        .withSelector("app=chat")
                        .endStatus()
                        .build());
        answer(
                PODS,
                pods(
                        PodBuilders.ready("a", "chat", "v1", NOON.minusSeconds(900), 60),
                        PodBuilders.pending("b", "chat", "v1", NOON.minusSeconds(5)),
                        PodBuilders.ready("x", "shop", "v7", NOON.minusSeconds(900), 20)));

        WorkloadScale.Replicas replicas = replicas(CHAT, NOON);

        assertThat(replicas.currentReplicas()).isEqualTo(5);
        assertThat(replicas.readyReplicas()).isEqualTo(1);
        assertThat(replicas.pods()).hasSize(2);
    }

    @Test
    void readsTheUsageOfPodsWhereAMetricNeedsIt() {
        EndpointSpec spec = spec(CHAT, "apps/v1", "Deployment");
        ScalingPolicy policy = PolicyFixture.aPolicy()
                .metric("cpu", TargetType.UTILIZATION, 0.7)
                .build();
        inForce(new EndpointSpec(
                spec.id(),
                spec.mode(),
                spec.scaleTargetRef(),
                policy,
                spec.calendar(),
                spec.traffic(),
                spec.history(),
                Map.of(),
                spec.pausing()));
        answer(DEPLOYMENTS, deployments(deployment("chat", 2, 2)));
        answer(
                PODS,
                pods(
                        PodBuilders.ready("a", "chat", "v1", NOON.minusSeconds(3_600), 90),
                        PodBuilders.ready("b", "chat", "v1", NOON.minusSeconds(3_600), 90)));
        answer(METRICS, metrics(PodBuilders.metrics("a", NOON, Duration.ofSeconds(15), "250m", "64Mi")));

        assertThat(replicas(CHAT, NOON).pods())
                .extracting(pod -> pod.usageOf("cpu"))
                .containsExactly(0.25, null);

        server.clearExpectations();
        answer(DEPLOYMENTS, deployments(deployment("chat", 2, 2)));
        answer(PODS, pods(PodBuilders.ready("a", "chat", "v1", NOON.minusSeconds(3_600), 90)));
        refuse(METRICS, 503);

        assertThat(replicas(CHAT, NOON.plusSeconds(15)).pods())
                .extracting(PodReading::usage)
                .as("missing, never zero")
                .containsExactly(Map.of());
    }

    @Test
    void whatIsNotInTheClusterIsUnknown() {
        inForce(spec(CHAT, "apps/v1", "Deployment"));
        answer(DEPLOYMENTS, deployments(deployment("shop", 3, 2)));
        answer(PODS, pods());

        assertThat(workloads.state(CHAT, NOON))
                .isEqualTo(new WorkloadScale.Unknown("there is no Deployment inference/chat in the cluster"));
        assertThat(workloads.state(SHOP, NOON))
                .isEqualTo(new WorkloadScale.Unknown("no specification of inference/shop is in force"));
    }

    @Test
    void aKindThatTheClusterDoesNotHaveIsUnknown() {
        inForce(spec(CHAT, "example.dev/v1", "Model"));
        answer(PODS, pods());

        assertThat(workloads.state(CHAT, NOON)).isInstanceOf(WorkloadScale.Unknown.class);
    }

    @Test
    void aRefusalIsUnknownWithItsReason() {
        inForce(spec(CHAT, "apps/v1", "Deployment"));
        server.expect()
                .withPath(PODS)
                .andReturn(
                        403,
                        new StatusBuilder()
                                .withCode(403)
                                .withMessage("pods is forbidden: User \"prescale\" cannot list resource \"pods\"")
                                .build())
                .always();

        assertThat(workloads.state(CHAT, NOON))
                .isEqualTo(new WorkloadScale.Unknown("the Kubernetes API server forbids it (403):"
                        + " pods is forbidden: User \"prescale\" cannot list resource \"pods\""));
    }

    @Test
    void anApiServerThatIsAwayIsUnknown() {
        EndpointId other = new EndpointId("other", "chat");
        KubernetesWorkloads away = new KubernetesWorkloads(new KubernetesClientBuilder()
                .withConfig(KubernetesConnection.patient(
                        new ConfigBuilder().withMasterUrl("http://127.0.0.1:1").build()))
                .build());
        away.replaceSpecs(
                Map.of(CHAT, spec(CHAT, "apps/v1", "Deployment"), other, spec(other, "apps/v1", "Deployment")));

        WorkloadScale.State first = away.state(CHAT, NOON);

        assertThat(first)
                .isInstanceOfSatisfying(
                        WorkloadScale.Unknown.class,
                        unknown ->
                                assertThat(unknown.reason()).startsWith("the Kubernetes API server does not answer: "));
        assertThat(away.state(other, NOON))
                .as("nobody waits for it twice in a cycle")
                .isEqualTo(first);
        away.close();
    }

    @Test
    void doesNotScale() {
        inForce(spec(CHAT, "apps/v1", "Deployment"));

        assertThat(workloads.scaleTo(CHAT, 9, NOON))
                .isEqualTo(new WorkloadScale.NotScaled("mode Observe decides and journals only"));
        assertThat(server.getRequestCount()).isZero();
    }

    private WorkloadScale.Replicas replicas(EndpointId endpoint, Instant now) {
        WorkloadScale.State state = workloads.state(endpoint, now);
        assertThat(state).isInstanceOf(WorkloadScale.Replicas.class);
        return (WorkloadScale.Replicas) state;
    }

    private void inForce(EndpointSpec... specs) {
        workloads.replaceSpecs(Arrays.stream(specs).collect(Collectors.toMap(EndpointSpec::id, Function.identity())));
    }

    private void answer(String path, Object body) {
        server.expect().withPath(path).andReturn(200, body).always();
    }

    private void refuse(String path, int code) {
        server.expect()
                .withPath(path)
                .andReturn(code, new StatusBuilder().withCode(code).build())
                .always();
    }

    private static EndpointSpec spec(EndpointId id, String apiVersion, String kind) {
        EndpointSpec spec = Specs.anEndpoint(id.name());
        return new EndpointSpec(
                id,
                spec.mode(),
                new ScaleTargetRef(apiVersion, kind, id.name()),
                spec.policy(),
                spec.calendar(),
                spec.traffic(),
                spec.history(),
                spec.metricSources(),
                spec.pausing());
    }

    private static Object pods(Pod... pods) {
        return new PodListBuilder().withItems(pods).build();
    }

    private static Object metrics(PodMetrics... metrics) {
        return new PodMetricsListBuilder().withItems(metrics).build();
    }

    private static Object deployments(Deployment... deployments) {
        return new DeploymentListBuilder().withItems(deployments).build();
    }

    private static Deployment deployment(String name, int replicas, int ready) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withGeneration(4L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(4L)
                .withReplicas(replicas)
                .withUpdatedReplicas(replicas)
                .withReadyReplicas(ready)
                .endStatus()
                .build();
    }
}
