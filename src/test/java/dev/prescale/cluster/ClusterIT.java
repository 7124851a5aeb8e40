package dev.prescale.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.testing.AuditLog;
import dev.prescale.testing.ControlPlane;
import dev.prescale.testing.InfluxServer;
import dev.prescale.testing.InfluxServers;
import dev.prescale.testing.PackagedApplication;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole of it, as a cluster sees it: two processes of Prescale with the rights that {@code k8s/base} grants, a real control
 * plane, a real InfluxDB. Fourteen days of history have a rise at a time of day that is minutes away. One story in several tests.
 */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
    private static final Duration HISTORY = Duration.ofDays(14);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration UNTIL_RISE = Duration.ofSeconds(200);
    private static final Duration START_TIME = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final int OWN_MINIMUM = 2;
    /** The first minute of the rise has 35 req/s; a trusted forecast is sized for at the full 10 req/s of a replica. */
    private static final int NEEDED_IN_THE_FIRST_MINUTE = 4;

    private static final String OPERATOR_TOKEN = "operator-0123456789";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SHOP_AUTOSCALER = """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: shop, namespace: inference}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
              minReplicas: 2
              maxReplicas: 20
              metrics:
              - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}
            """;

    private static final String STORE = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: store, namespace: inference}
            spec:
              replicas: 1
              serviceName: store
              selector: {matchLabels: {app: store}}
              template:
                metadata: {labels: {app: store}}
                spec: {containers: [{name: server, image: "server:1"}]}
            """;

    /** As much of KEDA as can be watched. */
    private static final String KEDA_KIND = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: scaledobjects.keda.sh}
            spec:
              group: keda.sh
              scope: Namespaced
              names: {kind: ScaledObject, plural: scaledobjects, singular: scaledobject}
              versions:
              - name: v1alpha1
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private final Map<String, PackagedApplication> replicas = new HashMap<>();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private ControlPlane plane;
    private KubernetesClient admin;
    private TestCluster cluster;
    private InfluxServer influx;
    private String bucket;
    private Instant rise;
    private int anyPort;

    @BeforeAll
    void begin(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws IOException {
        influx = InfluxServers.get(InfluxServer.Version.V2);
        plane = ControlPlane.begin();
        admin = plane.server().admin();
        cluster = new TestCluster(plane.server(), admin);
        cluster.install();
        bucket = influx.newBucket();
        rise = Instant.now().plus(UNTIL_RISE).truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
        List<LiveTraffic> traffic = List.of(
                new LiveTraffic(influx, bucket, "chat", MINUTE, new DailyRise(rise)),
                new LiveTraffic(influx, bucket, "shop", MINUTE, DailyRise.none()),
                new LiveTraffic(influx, bucket, "store", MINUTE, DailyRise.none()));
        traffic.forEach(service -> service.writeUntil(Instant.now(), HISTORY));
        writer.scheduleWithFixedDelay(
                () -> traffic.forEach(service -> service.writeUntil(Instant.now(), HISTORY)), 1, 1, TimeUnit.SECONDS);
        cluster.apply(KEDA_KIND);
        cluster.apply(STORE);
        cluster.deploy("chat", 3, START_TIME);
        cluster.deploy("shop", OWN_MINIMUM, START_TIME);
        cluster.apply(SHOP_AUTOSCALER);
        for (String identity : List.of("one", "two")) {
            anyPort = PackagedApplication.freePort();
            replicas.put(
                    identity,
                    cluster.prescale(
                            folder.resolve(identity),
                            identity,
                            Map.of(
                                    "PRESCALE_HTTP_PORT",
                                    String.valueOf(anyPort),
                                    "PRESCALE_OPERATOR_TOKEN",
                                    OPERATOR_TOKEN,
                                    "PRESCALE_INFLUX_URL",
                                    influx.url(),
                                    "PRESCALE_INFLUX_TOKEN",
                                    influx.token(),
                                    "PRESCALE_INFLUX_ORG",
                                    influx.org())));
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> holders().equals(replicas.keySet()));
    }

    @AfterAll
    void end() {
        writer.shutdownNow();
        replicas.values().forEach(PackagedApplication::close);
        if (admin != null) {
            admin.close();
        }
        if (plane != null) {
            plane.close();
        }
    }

    @Test
    @Order(1)
    void aNewSpecificationIsDecidedForAndTouchesNothing() {
        Instant applied = Instant.now();
        cluster.apply(spec("chat", "Observe"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> status("chat").path("lastDecision").has("at"));

        say("specification applied -> first decision: %.1f s", secondsSince(applied));
        assertThat(condition("chat", "Ready")).isEqualTo("True");
        assertThat(condition("chat", "Acting")).isEqualTo("False");
        assertThat(plane.server()
                        .auditLog()
                        .requests(request -> request.resource().equals("deployments/scale")))
                .isEmpty();
    }

    @Test
    @Order(2)
    void replicasAreOrderedBeforeTheTrafficComes() {
        setMode("chat", "Scale");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> condition("chat", "Acting").equals("True"));

        await().atMost(Duration.between(Instant.now(), rise).plusSeconds(60))
                .until(() -> Instant.now().isAfter(rise));
        List<AuditLog.Request> writes = scaleWrites("chat");
        assertThat(writes)
                .isNotEmpty()
                .allSatisfy(write -> assertThat(write.code()).isEqualTo(200));
        AuditLog.Request first = writes.stream()
                .filter(write -> replicasIn(write) >= NEEDED_IN_THE_FIRST_MINUTE)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no write for the rise: " + writes));
        say(
                "scale subresource written %.0f s before the rise, to %d replicas; start time %d s",
                Duration.between(first.at(), rise).toMillis() / 1000.0, replicasIn(first), START_TIME.toSeconds());
        writes.forEach(write -> System.out.printf(
                "  %d s before the rise: %d replicas%n",
                Duration.between(write.at(), rise).toSeconds(), replicasIn(write)));
        assertThat(first.at()).isBefore(rise.minus(START_TIME));
    }

    @Test
    @Order(3)
    void theFloorOfSomeoneElsesHpaIsRaisedAndTheirControllerFollows() {
        cluster.apply(spec("shop", "HpaFloor"));

        await().atMost(Duration.ofSeconds(60)).until(() -> floor() > OWN_MINIMUM);
        await().atMost(Duration.ofSeconds(60)).until(() -> cluster.replicasOf("shop") == floor());
        say("HPA floor raised from %d to %d, and the HPA controller followed", OWN_MINIMUM, floor());
        assertThat(scaleWrites("shop")).isEmpty();
    }

    @Test
    @Order(4)
    void aStatefulSetIsScaledToo() {
        cluster.apply(spec("store", "Scale").replace("kind: Deployment", "kind: StatefulSet"));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> admin.apps()
                                .statefulSets()
                                .inNamespace(TestCluster.NAMESPACE)
                                .withName("store")
                                .get()
                                .getSpec()
                                .getReplicas()
                        > 1);
    }

    @Test
    @Order(5)
    void aPauseGivesTheFloorBackToItsOwner() {
        order("pause");
        await().atMost(Duration.ofSeconds(60)).until(() -> floor() == OWN_MINIMUM);
        assertThat(managersOf(hpa())).doesNotContain("prescale");

        order("resume");
        await().atMost(Duration.ofSeconds(60)).until(() -> floor() > OWN_MINIMUM);
    }

    @Test
    @Order(6)
    void whoeverIsLeftTakesOverFromAReplicaThatDies() throws IOException, InterruptedException {
        String actor = actorOf("chat");
        String other = actor.equals("one") ? "two" : "one";
        int before = cluster.replicasOf("chat");
        Instant killed = Instant.now();
        replicas.remove(actor).kill();
        await().atMost(LEASE.plusSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> holders().equals(Set.of(other)));
        double tookOver = secondsSince(killed);
        say(
                "replica killed -> the other one holds all buckets: %.1f s (lease duration %d s)",
                tookOver, LEASE.toSeconds());

        admin.apps()
                .deployments()
                .inNamespace(TestCluster.NAMESPACE)
                .withName("chat")
                .scale(before - 3); // somebody's hand
        await().atMost(Duration.ofSeconds(60)).until(() -> cluster.replicasOf("chat") >= before);
        List<AuditLog.Request> writes = scaleWrites("chat");
        assertThat(writes).allSatisfy(write -> {
            boolean isFromDead = write.at().isAfter(killed) && write.userAgent().equals(agentOf(actor));
            assertThat(isFromDead).as("written by a dead replica").isFalse();
        });
        assertThat(writes.stream().filter(write -> write.code() == 200).map(ClusterIT::replicasIn))
                .as("no scale-in by Prescale")
                .isSorted();
        Set<String> steps = new TreeSet<>();
        assertThat(writes.stream()
                        .filter(write -> write.code() == 200 && write.at().isBefore(killed))
                        .map(write -> write.body().toString()))
                .as("nothing is written twice")
                .allMatch(steps::add);
    }

    @Test
    @Order(7)
    void whatIsTurnedOffLeavesNothingBehind() throws InterruptedException {
        PackagedApplication last = replicas.values().iterator().next();
        last.terminate();
        last.exitCode();
        replicas.clear();

        assertThat(floor()).as("floor after the last replica has ended").isEqualTo(OWN_MINIMUM);
        assertThat(managersOf(hpa())).doesNotContain("prescale");
        assertThat(hpa().getMetadata().getAnnotations())
                .satisfiesAnyOf(
                        annotations -> assertThat(annotations).isNull(),
                        annotations ->
                                assertThat(annotations.keySet()).noneMatch(name -> name.startsWith("prescale.dev/")));
    }

    @Test
    @Order(8)
    void everythingThatWasAskedIsGrantedAndNothingElseIs() throws IOException {
        List<AuditLog.Request> refused = plane.server().auditLog().requests(request -> request.code() == 403);
        assertThat(refused).isEmpty();
        assertThat(plane.server().auditLog().rightsUsed()).isEqualTo(AuditLog.rights(TestCluster.granted()));
    }

    private static void say(String figure, Object... values) {
        System.out.printf("figure: " + figure + "%n", values);
    }

    private static double secondsSince(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis() / 1000.0;
    }

    private JsonNode status(String name) {
        GenericKubernetesResource resource = cluster.autoscaler(name).get();
        return JSON.valueToTree(resource.getAdditionalProperties().getOrDefault("status", Map.of()));
    }

    private String condition(String name, String type) {
        for (JsonNode condition : status(name).path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText();
            }
        }
        return "";
    }

    private void setMode(String name, String mode) {
        patch(name, "{\"spec\": {\"mode\": \"%s\"}}".formatted(mode));
    }

    /** To any replica: the annotation of the resource is seen by all. */
    private void order(String order) {
        RestAssured.given()
                .baseUri("http://127.0.0.1:" + anyPort)
                .header("Authorization", "Bearer " + OPERATOR_TOKEN)
                .post("/api/v1/endpoints/%s/shop/%s".formatted(TestCluster.NAMESPACE, order))
                .then()
                .statusCode(200)
                .body("changed", equalTo(true));
    }

    private void patch(String name, String merge) {
        cluster.autoscaler(name).patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }

    private HorizontalPodAutoscaler hpa() {
        return admin.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(TestCluster.NAMESPACE)
                .withName("shop")
                .get();
    }

    private int floor() {
        return hpa().getSpec().getMinReplicas();
    }

    private static List<String> managersOf(HasMetadata resource) {
        return resource.getMetadata().getManagedFields().stream()
                .map(ManagedFieldsEntry::getManager)
                .toList();
    }

    private List<AuditLog.Request> scaleWrites(String name) {
        return plane.server()
                .auditLog()
                .requests(request -> request.resource().equals("deployments/scale")
                        && request.isWrite()
                        && request.name().equals(name));
    }

    /** What a patch of a scale subresource asks for. */
    private static int replicasIn(AuditLog.Request write) {
        for (JsonNode operation : write.body()) {
            if (operation.path("op").asText().equals("add")) {
                return operation.path("value").asInt();
            }
        }
        throw new AssertionError("no replicas in " + write.body());
    }

    /** Who holds buckets at present. */
    private Set<String> holders() {
        return buckets().stream()
                .map(lease -> lease.getSpec().getHolderIdentity().replaceFirst("-[0-9a-f]+$", ""))
                .collect(Collectors.toSet());
    }

    private List<Lease> buckets() {
        return admin.leases().inNamespace(TestCluster.HOME).list().getItems().stream()
                .filter(lease -> lease.getMetadata().getName().startsWith("prescale-bucket-"))
                .filter(lease -> lease.getSpec().getHolderIdentity() != null)
                .toList();
    }

    private static String agentOf(String identity) {
        return "prescale (%s)".formatted(identity);
    }

    /** The replica that has written this endpoint's scale subresource last. */
    private String actorOf(String name) {
        String agent = scaleWrites(name).getLast().userAgent();
        return agent.equals(agentOf("one")) ? "one" : "two";
    }

    private String spec(String service, String mode) {
        return """
                apiVersion: prescale.dev/v1alpha1
                kind: PredictiveAutoscaler
                metadata: {name: %1$s, namespace: inference}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
                  mode: %2$s
                  minReplicas: 1
                  maxReplicas: 60
                  traffic:
                    influx: {bucket: %3$s, measurement: http_requests, field: count, tags: {service: %1$s}, kind: Count}
                    step: 60s
                    history: 14d
                  capacity:
                    perReplica: {requestRate: 10, targetUtilization: 0.7}
                  predictive:
                    leadTime: {initial: 40s, min: 15s, max: 5m}
                  reactive:
                    metrics:
                      - {name: cpu, target: {utilization: 0.7}}
                """.formatted(service, mode, bucket);
    }
}
