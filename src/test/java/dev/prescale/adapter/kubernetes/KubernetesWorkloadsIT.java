package dev.prescale.adapter.kubernetes;

import static dev.prescale.adapter.kubernetes.PodBuilders.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.LeadTime;
import dev.prescale.control.MeasuredLeadTime;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
import dev.prescale.testing.AuditLog;
import dev.prescale.testing.KubernetesApiServer;
import dev.prescale.testing.MemoryStartLog;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.FileInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Against a real API server, with no more rights than {@code src/test/resources/kubernetes/read-role.yaml} gives. No controller and no node is there:
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
    private static WatchedCluster watched;

    @BeforeAll
    static void begin() {
        server = KubernetesApiServer.begin();
        admin = server.admin();
        server.createNamespace(NAMESPACE);
        watched = connect();
    }

    private static WatchedCluster connect() {
        return WatchedCluster.of(server.config(KubernetesApiServer.PRESCALE))
                .inForce(spec(CHAT, "Deployment"), spec(STORE, "StatefulSet"), spec(BATCH, "ReplicaSet"));
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
    void withoutRightsTheReasonIsNamed() {
        watched.untilInTime(watched.cluster()::isTried);

        assertThat(watched.state(CHAT))
                .isInstanceOfSatisfying(
                        WorkloadScale.Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .startsWith("the Kubernetes API server forbids it (403): ")
                                .contains("deployments.apps is forbidden", "cannot list"));
    }

    @Test
    @Order(2)
    void theDocumentedRoleIsEnough() throws IOException {
        admin.resource(TestKinds.any(WatchedKind.SPECIFICATIONS.api())).create();
        admin.resource(TestKinds.any(WatchedKind.SCALED_OBJECTS.api())).create();
        try (FileInputStream role = new FileInputStream("src/test/resources/kubernetes/read-role.yaml")) {
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

        watched.untilInTime(() -> isAbsent(CHAT, "Deployment inference/chat"));
        watched.untilInTime(() -> isAbsent(STORE, "StatefulSet inference/store"));
        watched.untilInTime(() -> isAbsent(BATCH, "ReplicaSet inference/batch"));
        watched.untilInTime(() -> watched.cluster().view().blindness(NAMESPACE).isEmpty());
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
        log.append(CHAT, leadTime.observe(withStarts(5, 0).starts(), later(pods)));
        assertThat(leadTime.at(later(pods)).source()).isEqualTo(LeadTime.Source.INITIAL);

        for (int k = 1; k <= 5; k++) {
            becomeReady(pods.get("v1-" + k), 60 + k);
        }
        WorkloadScale.Replicas replicas = withStarts(5, 5);
        log.append(CHAT, leadTime.observe(replicas.starts(), later(pods)));

        assertThat(replicas.currentReplicas()).isEqualTo(5);
        assertThat(replicas.readyReplicas()).isEqualTo(5);
        assertThat(replicas.rolloutInProgress()).isFalse();
        assertThat(replicas.template()).isEqualTo("v1");
        assertThat(leadTime.at(later(pods)).sentence())
                .isEqualTo("65 s, the P90 of 5 starts; usually 2 s scheduling, 28 s image, 33 s start");

        pods.put("v2-1", create("v2-1", "v2"));
        becomeReady(pods.get("v2-1"), 200);
        replicas = withStarts(6, 6);
        log.append(CHAT, leadTime.observe(replicas.starts(), later(pods)));

        assertThat(leadTime.at(later(pods)).duration()).hasSeconds(200);

        try (WatchedCluster restarted = connect()) {
            MeasuredLeadTime again = new MeasuredLeadTime(LeadTimeBounds.DEFAULT);
            again.restore(log.read(CHAT, Instant.EPOCH), later(pods));
            WorkloadScale.Replicas seen = restarted.replicas(CHAT);
            assertThat(again.observe(seen.starts(), later(pods))).isEmpty();
            assertThat(again.at(later(pods))).isEqualTo(leadTime.at(later(pods)));
        }
    }

    @Test
    @Order(4)
    void aChangeThatNoControllerHasSeenIsARollout() {
        admin.apps().deployments().inNamespace(NAMESPACE).withName("chat").scale(7);

        assertThat(watched.replicas(CHAT, seen -> seen.currentReplicas() == 7).rolloutInProgress())
                .isTrue();
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

        assertThat(watched.replicas(STORE).currentReplicas()).isEqualTo(2);
        assertThat(watched.replicas(BATCH).currentReplicas()).isEqualTo(3);

        admin.apps().replicaSets().inNamespace(NAMESPACE).withName("batch").scale(4);
        assertThat(watched.replicas(BATCH, seen -> seen.currentReplicas() == 4)).isNotNull();
    }

    @Test
    @Order(6)
    void cyclesAskForNothingHoweverManyEndpoints() {
        EndpointSpec[] specs = IntStream.range(0, 50)
                .mapToObj(k -> {
                    EndpointId id = new EndpointId(NAMESPACE, "e" + k);
                    Deployment one = deployment(1);
                    one.getMetadata().setName(id.name());
                    admin.resource(one).create();
                    return spec(id, "Deployment");
                })
                .toArray(EndpointSpec[]::new);
        try (WatchedCluster many =
                WatchedCluster.of(server.config(KubernetesApiServer.PRESCALE)).inForce(specs)) {
            for (EndpointSpec each : specs) {
                many.replicas(each.id());
            }
            many.until(() -> many.cluster().view().blindness(NAMESPACE).isEmpty());
            int before = server.auditLog().requests().size();

            for (int cycle = 0; cycle < 40; cycle++) {
                many.pass(Duration.ofSeconds(1));
                for (EndpointSpec each : specs) {
                    assertThat(many.state(each.id())).isInstanceOf(WorkloadScale.Replicas.class);
                }
            }

            int asked = server.auditLog().requests().size() - before;
            System.out.printf("40 cycles of 50 endpoints made %d requests%n", asked);
            assertThat(asked).isZero();
        }
    }

    @Test
    @Order(7)
    void readsWithNoMoreRightsThanTheDocumentedRoleGivesAndUsesEach() throws IOException {
        Set<String> given = new TreeSet<>();
        try (FileInputStream role = new FileInputStream("src/test/resources/kubernetes/read-role.yaml")) {
            admin.load(role).items().stream()
                    .map(ClusterRole.class::cast)
                    .forEach(each -> given.addAll(AuditLog.rights(each.getRules())));
        }

        assertThat(given).containsAll(server.auditLog().rightsUsed());
        assertThat(server.auditLog().rightsUsed())
                .containsAll(given.stream()
                        .filter(right -> !right.contains("metrics.k8s.io"))
                        .toList());
    }

    @Test
    @Order(8)
    void whileTheApiServerIsAwayWhatWasLastSeenStaysAndChangesAreSeenWhenItIsBack() {
        WorkloadScale.State before = watched.state(CHAT);
        server.stop();
        watched.untilInTime(() -> watched.cluster().outage().isPresent());
        watched.pass(Duration.ofMinutes(10));

        assertThat(watched.state(CHAT)).isEqualTo(before);
        assertThat(watched.replicas(BATCH).currentReplicas()).isEqualTo(4);
        assertThat(watched.cluster().outage())
                .hasValueSatisfying(sentence ->
                        assertThat(sentence).startsWith("nothing is heard of the Kubernetes API server since "));

        server.start();
        admin.apps().deployments().inNamespace(NAMESPACE).withName("chat").scale(9);
        watched.untilInTime(() -> watched.state(CHAT) instanceof WorkloadScale.Replicas seen
                && seen.currentReplicas() == 9
                && watched.cluster().outage().isEmpty());
    }

    @Test
    @Order(9)
    void theWorkloadsOfANamespaceThatIsGoneAreNotFound() {
        admin.apps().deployments().inNamespace(NAMESPACE).withName("chat").delete();

        watched.untilInTime(() -> isAbsent(CHAT, "Deployment inference/chat"));
    }

    @Test
    @Order(10)
    void rightsThatAreTakenAwayEndWhatIsKnownAfterAMinuteUntilTheyAreGivenBack() {
        Resource<ClusterRoleBinding> binding =
                admin.rbac().clusterRoleBindings().withName("prescale-read");
        ClusterRoleBinding given = binding.get();
        binding.delete();
        server.stop();
        server.start();
        Instant begin = watched.now();

        watched.untilInTime(() -> watched.state(STORE) instanceof WorkloadScale.Unknown unknown
                && unknown.reason().startsWith("the Kubernetes API server forbids it (403)"));
        assertThat(Duration.between(begin, watched.now()))
                .as("an API server that starts may refuse for a moment")
                .isGreaterThan(KindWatch.LONGEST_BREAK);

        given.getMetadata().setResourceVersion(null);
        admin.resource(given).create();
        watched.untilInTime(() -> watched.state(STORE) instanceof WorkloadScale.Replicas);
    }

    private static boolean isAbsent(EndpointId endpoint, String target) {
        return watched.state(endpoint)
                .equals(new WorkloadScale.Unknown("there is no %s in the cluster".formatted(target)));
    }

    private static WorkloadScale.Replicas withStarts(int count, int over) {
        return watched.replicas(
                CHAT,
                seen -> seen.starts().size() == count
                        && seen.starts().stream()
                                        .filter(start -> start.ready() != null)
                                        .count()
                                == over);
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
        return WatchedCluster.spec(id, "apps/v1", kind);
    }
}
