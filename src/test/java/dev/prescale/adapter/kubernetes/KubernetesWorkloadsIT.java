package dev.prescale.adapter.kubernetes;

import static dev.prescale.adapter.kubernetes.PodBuilders.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.LeadTime;
import dev.prescale.control.MeasuredLeadTime;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
import dev.prescale.testing.KubernetesApiServer;
import dev.prescale.testing.MemoryStartLog;
import dev.prescale.testing.Specs;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.FileInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Against a real API server, with no more rights than {@code k8s/read-role.yaml} gives. No controller and no node is there:
 * the test writes what they would, through the same subresources.
 */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesWorkloadsIT {
    private static final EndpointId CHAT = new EndpointId(NAMESPACE, "chat");
    private static final EndpointId STORE = new EndpointId(NAMESPACE, "store");
    private static final EndpointId BATCH = new EndpointId(NAMESPACE, "batch");

    private static KubernetesApiServer server;
    private static KubernetesClient admin;
    private static KubernetesWorkloads workloads;
    private static Instant cycle = Instant.parse("2024-01-01T00:00:00Z");

    @BeforeAll
    static void begin() {
        server = KubernetesApiServer.begin();
        admin = server.admin();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        workloads = connect();
    }

    private static KubernetesWorkloads connect() {
        KubernetesWorkloads connected = new KubernetesWorkloads(new KubernetesClientBuilder()
                .withConfig(KubernetesConnection.patient(server.config(KubernetesApiServer.PRESCALE)))
                .build());
        connected.replaceSpecs(Map.of(
                CHAT, spec(CHAT, "Deployment"), STORE, spec(STORE, "StatefulSet"), BATCH, spec(BATCH, "ReplicaSet")));
        return connected;
    }

    @AfterAll
    static void end() {
        if (server != null) {
            workloads.close();
            admin.close();
            server.close();
        }
    }

    @Test
    @Order(1)
    void withoutRightsTheReasonIsNamed() {
        assertThat(state(CHAT))
                .isInstanceOfSatisfying(
                        WorkloadScale.Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .startsWith("the Kubernetes API server forbids it (403): ")
                                .contains("pods is forbidden"));
    }

    @Test
    @Order(2)
    void theDocumentedRoleIsEnough() throws IOException {
        try (FileInputStream role = new FileInputStream("k8s/read-role.yaml")) {
            admin.load(role).items().forEach(item -> admin.resource(item).create());
        }
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("prescale-read")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "prescale-read")
                        .addNewSubject("rbac.authorization.k8s.io", "User", KubernetesApiServer.PRESCALE, null)
                        .build())
                .create();

        await().until(() ->
                state(CHAT).equals(new WorkloadScale.Unknown("there is no Deployment inference/chat in the cluster")));
        assertThat(state(STORE))
                .isEqualTo(new WorkloadScale.Unknown("there is no StatefulSet inference/store in the cluster"));
        assertThat(state(BATCH))
                .isEqualTo(new WorkloadScale.Unknown("there is no ReplicaSet inference/batch in the cluster"));
    }

    @Test
    @Order(3)
    void measuresLeadTimesFromPodsThroughARolloutAndARestart() {
        Deployment deployment = admin.resource(deployment(5)).create();
        settle(deployment, 5);
        MemoryStartLog log = new MemoryStartLog();
        MeasuredLeadTime leadTime = new MeasuredLeadTime(LeadTimeBounds.DEFAULT);
        Map<String, Pod> pods = new HashMap<>();
        for (int k = 1; k <= 5; k++) {
            pods.put("v1-" + k, create("v1-" + k, "v1"));
        }
        log.append(CHAT, leadTime.observe(replicas(CHAT).starts(), later(pods)));
        assertThat(leadTime.at(later(pods)).source()).isEqualTo(LeadTime.Source.INITIAL);

        for (int k = 1; k <= 5; k++) {
            becomeReady(pods.get("v1-" + k), 60 + k);
        }
        WorkloadScale.Replicas replicas = replicas(CHAT);
        log.append(CHAT, leadTime.observe(replicas.starts(), later(pods)));

        assertThat(replicas.currentReplicas()).isEqualTo(5);
        assertThat(replicas.readyReplicas()).isEqualTo(5);
        assertThat(replicas.rolloutInProgress()).isFalse();
        assertThat(replicas.template()).isEqualTo("v1");
        assertThat(leadTime.at(later(pods)).sentence())
                .isEqualTo("65 s, the P90 of 5 starts; usually 2 s scheduling, 28 s image, 33 s start");

        pods.put("v2-1", create("v2-1", "v2"));
        becomeReady(pods.get("v2-1"), 200);
        replicas = replicas(CHAT);
        log.append(CHAT, leadTime.observe(replicas.starts(), later(pods)));

        assertThat(leadTime.at(later(pods)).duration()).hasSeconds(200);

        try (KubernetesWorkloads restarted = connect()) {
            MeasuredLeadTime again = new MeasuredLeadTime(LeadTimeBounds.DEFAULT);
            again.restore(log.read(CHAT, Instant.EPOCH), later(pods));
            WorkloadScale.Replicas seen = (WorkloadScale.Replicas) restarted.state(CHAT, cycle);
            assertThat(again.observe(seen.starts(), later(pods))).isEmpty();
            assertThat(again.at(later(pods))).isEqualTo(leadTime.at(later(pods)));
        }
    }

    @Test
    @Order(4)
    void aChangeThatNoControllerHasSeenIsARollout() {
        admin.apps().deployments().inNamespace(NAMESPACE).withName("chat").scale(7);

        assertThat(replicas(CHAT).currentReplicas()).isEqualTo(7);
        assertThat(replicas(CHAT).rolloutInProgress()).isTrue();
    }

    @Test
    @Order(5)
    void seesAStatefulSetAndAnyKindWithAScaleSubresource() {
        admin.resource(new StatefulSetBuilder()
                        .withNewMetadata()
                        .withName("store")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .withServiceName("store")
                        .withNewSelector()
                        .addToMatchLabels("app", "store")
                        .endSelector()
                        .withTemplate(template("store"))
                        .endSpec()
                        .build())
                .create();
        admin.resource(new ReplicaSetBuilder()
                        .withNewMetadata()
                        .withName("batch")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(3)
                        .withNewSelector()
                        .addToMatchLabels("app", "batch")
                        .endSelector()
                        .withTemplate(template("batch"))
                        .endSpec()
                        .build())
                .create();

        assertThat(replicas(STORE).currentReplicas()).isEqualTo(2);
        assertThat(replicas(BATCH).currentReplicas()).isEqualTo(3);
    }

    @Test
    @Order(6)
    void anApiServerThatIsAwayIsUnknownUntilItIsBack() {
        server.stop();

        assertThat(state(CHAT))
                .isInstanceOfSatisfying(
                        WorkloadScale.Unknown.class,
                        unknown ->
                                assertThat(unknown.reason()).startsWith("the Kubernetes API server does not answer: "));

        server.start();
        assertThat(replicas(CHAT).currentReplicas()).isEqualTo(7);
    }

    private static WorkloadScale.State state(EndpointId endpoint) {
        cycle = cycle.plusSeconds(15);
        return workloads.state(endpoint, cycle);
    }

    private static WorkloadScale.Replicas replicas(EndpointId endpoint) {
        WorkloadScale.State state = state(endpoint);
        assertThat(state).isInstanceOf(WorkloadScale.Replicas.class);
        return (WorkloadScale.Replicas) state;
    }

    /** An hour after the last pod: API servers stamp creations with their own clock. */
    private static Instant later(Map<String, Pod> pods) {
        return pods.values().stream()
                .map(KubernetesWorkloadsIT::created)
                .max(Instant::compareTo)
                .orElseThrow()
                .plusSeconds(3_600);
    }

    private static Instant created(Pod pod) {
        return Instant.parse(pod.getMetadata().getCreationTimestamp());
    }

    private static Pod create(String name, String template) {
        Pod pod = PodBuilders.pending(name, "chat", template, Instant.EPOCH);
        pod.getMetadata().setUid(null);
        pod.getMetadata().setCreationTimestamp(null);
        return admin.resource(pod).create();
    }

    private static void becomeReady(Pod pod, int seconds) {
        Instant created = created(pod);
        admin.resource(PodBuilders.withStatus(
                        pod, created, PodBuilders.condition("Ready", "True", created.plusSeconds(seconds)), 0))
                .updateStatus();
    }

    private static void settle(Deployment deployment, int replicas) {
        admin.resource(new DeploymentBuilder(deployment)
                        .withNewStatus()
                        .withObservedGeneration(deployment.getMetadata().getGeneration())
                        .withReplicas(replicas)
                        .withUpdatedReplicas(replicas)
                        .withReadyReplicas(replicas)
                        .endStatus()
                        .build())
                .updateStatus();
    }

    private static Deployment deployment(int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("chat")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", "chat")
                .endSelector()
                .withTemplate(template("chat"))
                .endSpec()
                .build();
    }

    private static PodTemplateSpec template(String app) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels("app", app)
                .endMetadata()
                .withNewSpec()
                .withContainers(List.of(PodBuilders.container("main", "500m", "256Mi")))
                .endSpec()
                .build();
    }

    private static EndpointSpec spec(EndpointId id, String kind) {
        EndpointSpec spec = Specs.anEndpoint(id.name());
        return new EndpointSpec(
                id,
                spec.mode(),
                new ScaleTargetRef("apps/v1", kind, id.name()),
                spec.policy(),
                spec.calendar(),
                spec.traffic(),
                spec.history(),
                Map.of(),
                spec.pausing());
    }
}
