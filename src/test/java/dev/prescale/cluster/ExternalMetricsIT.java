package dev.prescale.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.testing.AuditLog;
import dev.prescale.testing.Authority;
import dev.prescale.testing.ControlPlane;
import dev.prescale.testing.InfluxServer;
import dev.prescale.testing.InfluxServers;
import dev.prescale.testing.Kubectl;
import dev.prescale.testing.PackagedApplication;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AutoClose;
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
 * What {@code k8s/components/external-metrics} and {@code k8s/examples/external-metrics} install, behind a real aggregation layer
 * and the real HPA controller: 20 req/s for two weeks, 12 req/s for each replica. One story in several tests.
 */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExternalMetricsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration HISTORY = Duration.ofDays(14);
    private static final Path COMPONENT = Path.of("k8s/components/external-metrics");
    private static final Path EXAMPLE = Path.of("k8s/examples/external-metrics");
    private static final String API = "/apis/external.metrics.k8s.io/v1beta1";
    private static final String VALUES = API + "/namespaces/inference/prescale_demand";
    private static final String API_SERVICE =
            "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.external.metrics.k8s.io";
    private static final String HPA_CONTROLLER = "system:serviceaccount:kube-system:horizontal-pod-autoscaler";

    /** The aggregation layer finds this machine by the name of the Service. */
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: prescale, namespace: prescale}
            spec: {type: ExternalName, externalName: localhost}
            """;

    @AutoClose("shutdownNow")
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();

    @AutoClose
    private ControlPlane plane;

    @AutoClose
    private KubernetesClient admin;

    private TestCluster cluster;
    private Kubectl kubectl;

    @AutoClose
    private PackagedApplication prescale;

    private Authority authority;
    private int port;

    @BeforeAll
    void begin(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws IOException {
        InfluxServer influx = InfluxServers.get(InfluxServer.Version.V2);
        plane = ControlPlane.begin();
        admin = plane.server().admin();
        kubectl = Kubectl.of(plane.server());
        cluster = new TestCluster(plane.server(), admin);
        cluster.install();
        String bucket = influx.newBucket();
        LiveTraffic traffic = new LiveTraffic(influx, bucket, "chat", Duration.ofMinutes(1), DailyRise.none());
        traffic.writeUntil(Instant.now(), HISTORY);
        writer.scheduleWithFixedDelay(() -> traffic.writeUntil(Instant.now(), HISTORY), 1, 1, TimeUnit.SECONDS);
        authority = Authority.of("prescale-external-metrics", Instant.now());
        authority
                .server(
                        "CN=prescale",
                        Instant.now().minusSeconds(60),
                        Instant.now().plusSeconds(36_000))
                .write(folder, "tls");
        port = PackagedApplication.freePort();
        installComponent();
        cluster.deploy("chat", 1, Duration.ofSeconds(2));
        cluster.deploy("shop", 3, Duration.ofSeconds(2));
        for (String file : List.of("endpoint.yaml", "hpa.yaml")) {
            String example = Files.readString(EXAMPLE.resolve(file)).replace("bucket: traffic", "bucket: " + bucket);
            cluster.apply(example);
            // nothing is ever written for it
            cluster.apply(example.replace("chat", "shop"));
        }
        prescale = cluster.prescale(
                folder.resolve("one"),
                "one",
                Map.of(
                        "PRESCALE_HTTP_PORT", String.valueOf(PackagedApplication.freePort()),
                        "PRESCALE_CYCLE_INTERVAL", "5s",
                        "PRESCALE_INFLUX_URL", influx.url(),
                        "PRESCALE_INFLUX_TOKEN", influx.token(),
                        "PRESCALE_INFLUX_ORG", influx.org(),
                        "PRESCALE_EXTERNAL_METRICS_PORT", String.valueOf(port),
                        "PRESCALE_EXTERNAL_METRICS_CERTIFICATE",
                                folder.resolve("tls.crt").toString(),
                        "PRESCALE_EXTERNAL_METRICS_KEY",
                                folder.resolve("tls.key").toString()));
        register();
    }

    private void installComponent() throws IOException {
        cluster.apply(SERVICE);
        for (HasMetadata item : TestCluster.load(COMPONENT.resolve("rbac.yaml").toString())) {
            if (item instanceof ClusterRoleBinding binding) {
                binding.getSubjects().replaceAll(ExternalMetricsIT::ofThisTest);
            } else if (item instanceof RoleBinding binding) {
                binding.getSubjects().replaceAll(ExternalMetricsIT::ofThisTest);
            }
            admin.resource(item).create();
        }
    }

    /** Not before it is there, so that the API server's log has no refused connections. */
    private void register() throws IOException {
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> asked("/readyz", "") == 200);
        String issuer = Base64.getEncoder().encodeToString(authority.pem().getBytes(StandardCharsets.UTF_8));
        cluster.apply(Files.readString(COMPONENT.resolve("api-service.yaml"))
                .replace("port: 443}", "port: %d}%n  caBundle: %s".formatted(port, issuer)));
    }

    private static Subject ofThisTest(Subject subject) {
        return subject.getName().equals("prescale") ? TestCluster.PROCESS : subject;
    }

    @Test
    @Order(1)
    void theAggregationLayerTakesItForAvailable() throws Exception {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> available().equals("True"));

        assertThat(JSON.readTree(raw(API)).at("/resources").findValuesAsText("name"))
                .containsExactly("prescale_demand", "prescale_replicas");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(kubectl.run("api-resources", "--api-group=external.metrics.k8s.io"))
                        .contains("prescale_demand", "ExternalMetricValueList"));
    }

    @Test
    @Order(2)
    void anAutoscalerScalesOnWhatIsExpected() throws Exception {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(JSON.readTree(raw(VALUES + "?labelSelector=endpoint%3Dchat"))
                                .at("/items/0/metricLabels/target_name")
                                .asText())
                        .isEqualTo("chat"));
        String value = JSON.readTree(raw(VALUES + "?labelSelector=endpoint%3Dchat"))
                .at("/items/0/value")
                .asText();
        say("prescale_demand of chat at 20 req/s: %s", value);

        await().atMost(Duration.ofMinutes(1)).until(() -> cluster.replicasOf("chat") >= 2);
        say("the HPA controller has scaled chat from 1 to %d", cluster.replicasOf("chat"));
        assertThat(condition("chat", "ScalingActive")).startsWith("True ValidMetricFound");
    }

    @Test
    @Order(3)
    void whatIsNotKnownIsAnErrorOfTheAutoscalerAndHolds() throws Exception {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(condition("shop", "ScalingActive"))
                        .startsWith("False FailedGetExternalMetric")
                        .contains("prescale_demand is not known of inference/shop: The history has no samples."));
        say("HPA of shop: %s", condition("shop", "ScalingActive"));

        assertThat(cluster.replicasOf("shop")).isEqualTo(3);
        // a sum without it would be too small
        assertThat(raw(VALUES)).contains("inference/shop");
    }

    @Test
    @Order(4)
    void whoHasNoRightIsRefused() throws Exception {
        assertThat(raw(VALUES + "?labelSelector=endpoint%3Dchat", "--as=ann"))
                .contains("User \"ann\" cannot list resource \"prescale_demand\"");
        assertThat(JSON.readTree(raw(VALUES + "?labelSelector=endpoint%3Dchat", "--as=" + HPA_CONTROLLER))
                        .at("/items"))
                .hasSize(1);
    }

    @Test
    @Order(5)
    void whoComesWithoutTheAggregationLayerNeedsAToken() throws Exception {
        String chat = VALUES + "?labelSelector=endpoint%3Dchat";

        assertThat(asked(chat, "")).isEqualTo(401);
        assertThat(asked(chat, "nobody's-token")).isEqualTo(401);
        assertThat(asked(chat, "prescale-token")).isEqualTo(403);
        assertThat(asked(chat, "admin-token")).isEqualTo(200);
    }

    @Test
    @Order(6)
    void whatIsNotThereIsEmptyAndWhatIsWrongIsSaid() throws Exception {
        assertThat(JSON.readTree(raw(API + "/namespaces/inference/s0-prescale_demand"))
                        .at("/items"))
                .isEmpty();
        assertThat(JSON.readTree(raw(API + "/namespaces/elsewhere/prescale_demand"))
                        .at("/items"))
                .isEmpty();
        assertThat(raw(VALUES + "?labelSelector=a%3E5")).contains("BadRequest", "compares numbers");
        assertThat(raw(VALUES + "/more")).contains("NotFound");
    }

    @Test
    @Order(7)
    void theRightsAreThoseThatAreUsed() throws IOException {
        Set<String> used = new TreeSet<>(plane.server().auditLog().rightsUsed());
        used.removeAll(AuditLog.rights(TestCluster.granted()));
        List<PolicyRule> granted = new ArrayList<>();
        for (HasMetadata item : TestCluster.load(COMPONENT.resolve("rbac.yaml").toString())) {
            if (item instanceof ClusterRole role
                    && !role.getMetadata().getName().endsWith("-reader")) {
                granted.addAll(role.getRules());
            } else if (item instanceof Role role) {
                granted.addAll(role.getRules());
            }
        }

        assertThat(used).isEqualTo(AuditLog.rights(granted));
    }

    @Test
    @Order(8)
    void theApiServerComplainsOfNothing() throws Exception {
        // the aggregation layer looks for the OpenAPI document once a minute
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(raw("/openapi/v3")).contains("apis/external.metrics.k8s.io/v1beta1"));
        assertThat(raw("/openapi/v2"))
                .contains("/apis/external.metrics.k8s.io/v1beta1/namespaces/{namespace}/{metric}");
        assertThat(plane.server().log().lines())
                .filteredOn(line -> line.startsWith("E") || line.startsWith("W"))
                .filteredOn(line -> line.contains("external.metrics.k8s.io"))
                .isEmpty();
    }

    @Test
    @Order(9)
    void withoutUsTheAutoscalerHoldsAndSaysSo() {
        int before = cluster.replicasOf("chat");
        prescale.close();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(condition("chat", "ScalingActive")).startsWith("False FailedGetExternalMetric"));
        say("HPA of chat without us: %s", condition("chat", "ScalingActive"));
        assertThat(cluster.replicasOf("chat")).isEqualTo(before);
        await().atMost(Duration.ofMinutes(1)).until(() -> available().equals("False"));
    }

    /** The code of the answer to one who asks the listener itself. */
    private int asked(String path, String token) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                // believed only of a front proxy
                .header("X-Remote-User", "admin")
                .header("X-Remote-Group", "system:masters");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    @Order(10)
    void withoutACertificateTheServiceEndsWithASentence(@TempDir Path folder) throws Exception {
        String garbage =
                Files.writeString(folder.resolve("garbage.pem"), "no PEM").toString();
        Map<String, String> environment = Map.of(
                "PRESCALE_HTTP_PORT",
                String.valueOf(PackagedApplication.freePort()),
                "PRESCALE_EXTERNAL_METRICS_PORT",
                String.valueOf(port),
                "PRESCALE_EXTERNAL_METRICS_CERTIFICATE",
                garbage,
                "PRESCALE_EXTERNAL_METRICS_KEY",
                garbage);

        try (PackagedApplication run = cluster.prescale(folder.resolve("two"), "two", environment)) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out() + run.err())
                    .contains("PRESCALE_EXTERNAL_METRICS_CERTIFICATE: " + garbage + " holds no certificate in PEM")
                    .doesNotContain("\tat ");
        }
    }

    private String raw(String path, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("get", "--raw", path));
        arguments.addAll(List.of(more));
        return kubectl.run(arguments.toArray(String[]::new));
    }

    private String available() throws IOException {
        JsonNode conditions = JSON.readTree(admin.raw(API_SERVICE)).at("/status/conditions");
        for (JsonNode condition : conditions) {
            if (condition.path("type").asText().equals("Available")) {
                return condition.path("status").asText();
            }
        }
        return "";
    }

    /** Status, reason and message; empty where there is none. */
    private String condition(String name, String type) {
        HorizontalPodAutoscaler found = admin.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(TestCluster.NAMESPACE)
                .withName(name)
                .get();
        return found.getStatus() == null
                ? ""
                : found.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals(type))
                        .map(condition ->
                                condition.getStatus() + " " + condition.getReason() + " " + condition.getMessage())
                        .findFirst()
                        .orElse("");
    }

    private static void say(String text, Object... values) {
        System.out.println("external metrics: " + text.formatted(values));
    }
}
