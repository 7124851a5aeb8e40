package dev.prescale.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.testing.CertificateAuthority;
import dev.prescale.testing.ControlPlane;
import dev.prescale.testing.InfluxServer;
import dev.prescale.testing.InfluxServers;
import dev.prescale.testing.KedaOperator;
import dev.prescale.testing.PackagedApplication;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
 * Beside the real KEDA: its operator asks and is pushed to over gRPC, its adapter answers the real HPA controller, which scales.
 * {@code burst} has no requests but for a few minutes at the same time of each day, minutes away, and is asked for by {@code
 * external-push} with client certificates; {@code steady} by {@code external} in plain text. One story in several tests.
 */
@Tag("keda")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KedaIT {
    private static final Duration HISTORY = Duration.ofDays(14);
    private static final long STEP_SECONDS = 90;
    private static final Duration BURST = Duration.ofSeconds(3 * STEP_SECONDS);
    private static final Duration AT_LEAST_UNTIL_BURST = Duration.ofSeconds(200);
    private static final Duration START_TIME = Duration.ofSeconds(20);
    private static final double BURST_RATE = 45;
    private static final double STEADY_RATE = 25;
    private static final int REPLICAS_OF_BURST = 5;
    private static final int FALLBACK_REPLICAS = 7;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String BURST_OBJECT = """
            apiVersion: keda.sh/v1alpha1
            kind: TriggerAuthentication
            metadata: {name: prescale, namespace: inference}
            spec:
              secretTargetRef:
              - {parameter: caCert, name: prescale-client, key: ca.crt}
              - {parameter: tlsClientCert, name: prescale-client, key: tls.crt}
              - {parameter: tlsClientKey, name: prescale-client, key: tls.key}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: burst-scaler, namespace: inference}
            spec:
              scaleTargetRef: {name: burst}
              pollingInterval: 5
              cooldownPeriod: 10
              minReplicaCount: 0
              maxReplicaCount: 40
              fallback: {failureThreshold: 3, replicas: %d}
              advanced:
                horizontalPodAutoscalerConfig:
                  behavior: {scaleDown: {stabilizationWindowSeconds: 0}}
              triggers:
              - type: external-push
                metadata: {scalerAddress: "localhost:%d"}
                authenticationRef: {name: prescale}
            """;

    private static final String STEADY_OBJECT = """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: steady, namespace: inference}
            spec:
              scaleTargetRef: {name: steady}
              pollingInterval: 5
              minReplicaCount: 1
              maxReplicaCount: 40
              triggers:
              - type: external
                metadata: {scalerAddress: "localhost:%d", endpoint: steady, metric: replicas}
            """;

    private final ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(2);
    private final Map<String, Instant> firsts = new HashMap<>();
    private ControlPlane plane;
    private KedaOperator keda;
    private KubernetesClient admin;
    private TestCluster cluster;
    private InfluxServer influx;
    private PackagedApplication prescale;
    private String bucket;
    private Instant burst;

    @BeforeAll
    void begin(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws IOException {
        KedaOperator.require();
        influx = InfluxServers.get(InfluxServer.Version.V2);
        plane = ControlPlane.begin();
        keda = KedaOperator.begin(plane, Files.createDirectory(folder.resolve("keda")));
        admin = plane.server().admin();
        cluster = new TestCluster(plane.server(), admin);
        cluster.install();
        bucket = influx.newBucket();
        long earliest = Instant.now().plus(AT_LEAST_UNTIL_BURST).getEpochSecond();
        burst = Instant.ofEpochSecond((earliest / STEP_SECONDS + 1) * STEP_SECONDS);
        List<LiveTraffic> traffic = List.of(
                new LiveTraffic(influx, bucket, "burst", Duration.ofSeconds(30), this::burstRate),
                new LiveTraffic(influx, bucket, "steady", Duration.ofSeconds(30), at -> STEADY_RATE));
        traffic.forEach(service -> service.writeUntil(Instant.now(), HISTORY));
        clockwork.scheduleWithFixedDelay(() -> write(traffic), 1, 1, TimeUnit.SECONDS);
        clockwork.scheduleWithFixedDelay(this::watchBurst, 100, 100, TimeUnit.MILLISECONDS);
        cluster.deploy("burst", 0, START_TIME);
        cluster.deploy("steady", 1, START_TIME);

        Path certificates = Files.createDirectory(folder.resolve("certificates"));
        CertificateAuthority authority = CertificateAuthority.create(certificates, "ca");
        CertificateAuthority.Issued server = authority.issue("prescale");
        CertificateAuthority.Issued client = authority.issue("keda");
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("prescale-client")
                        .withNamespace(TestCluster.NAMESPACE)
                        .endMetadata()
                        .addToStringData("ca.crt", Files.readString(authority.certificate()))
                        .addToStringData("tls.crt", Files.readString(client.certificate()))
                        .addToStringData("tls.key", Files.readString(client.key()))
                        .build())
                .create();
        int plainPort = PackagedApplication.freePort();
        int tlsPort = PackagedApplication.freePort();
        Map<String, String> environment = new HashMap<>(Map.of(
                "PRESCALE_CYCLE_INTERVAL", "5s",
                "PRESCALE_INFLUX_URL", influx.url(),
                "PRESCALE_INFLUX_TOKEN", influx.token(),
                "PRESCALE_INFLUX_ORG", influx.org()));
        environment.putAll(Map.of(
                "PRESCALE_HTTP_PORT", String.valueOf(plainPort),
                "PRESCALE_TLS_PORT", String.valueOf(tlsPort),
                "PRESCALE_TLS_ONLY", "off",
                "PRESCALE_TLS_CERTIFICATE", server.certificate().toString(),
                "PRESCALE_TLS_KEY", server.key().toString(),
                "PRESCALE_TLS_CLIENT_CA", authority.certificate().toString()));
        prescale = cluster.prescale(folder.resolve("prescale"), "one", environment);
        cluster.apply(spec("burst", 0, 10));
        cluster.apply(spec("steady", 1, 10));
        // ScaledObjects come first or last: what they ask for is there a moment later
        cluster.apply(BURST_OBJECT.formatted(FALLBACK_REPLICAS, tlsPort));
        cluster.apply(STEADY_OBJECT.formatted(plainPort));
    }

    private double burstRate(long at) {
        long since = Math.floorMod(at - burst.getEpochSecond(), 86_400L);
        return since < BURST.toSeconds() ? BURST_RATE : 0;
    }

    /** While the store is away what comes is written later. */
    private static void write(List<LiveTraffic> traffic) {
        for (LiveTraffic service : traffic) {
            try {
                service.writeUntil(Instant.now(), HISTORY);
            } catch (RuntimeException away) {
                return;
            }
        }
    }

    /** Remembers when each number of replicas was first asked for and first ready. */
    private void watchBurst() {
        try {
            Deployment deployment = deployment("burst");
            Integer ready = deployment.getStatus().getReadyReplicas();
            firsts.putIfAbsent("asked " + deployment.getSpec().getReplicas(), Instant.now());
            firsts.putIfAbsent("ready " + (ready == null ? 0 : ready), Instant.now());
        } catch (RuntimeException ending) {
            // the next look sees it
        }
    }

    @AfterAll
    void end() {
        clockwork.shutdownNow();
        if (prescale != null) {
            prescale.close();
        }
        if (keda != null) {
            keda.close();
        }
        if (admin != null) {
            admin.close();
        }
        if (plane != null) {
            plane.close();
        }
    }

    @Test
    @Order(1)
    void aScalerThatIsPolledScalesToWhatWasDecided() {
        await().atMost(Duration.ofMinutes(2)).until(() -> replicas("steady") >= 3);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> condition("steady", "Acting").equals("True"));
        say("external: polled in plain text, steady scaled 1 -> %d", replicas("steady"));
    }

    @Test
    @Order(2)
    void whatHasNoTrafficStaysAtZeroUntilOneLeadTimeBeforeTheBurst() {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> hpaMetricName("burst-scaler").equals("s0-demand"));
        await().atMost(Duration.between(Instant.now(), burst).plusSeconds(30))
                .until(() -> Instant.now().isAfter(burst));

        assertThat(firsts).containsKey("asked " + REPLICAS_OF_BURST);
        say(
                "external-push: 0 -> 1 %.0f s before the burst, -> %d %.0f s, ready %.0f s before; start time %d s",
                before("asked 1"),
                REPLICAS_OF_BURST,
                before("asked " + REPLICAS_OF_BURST),
                before("ready " + REPLICAS_OF_BURST),
                START_TIME.toSeconds());
        assertThat(firsts.get("asked 1")).isAfter(burst.minusSeconds(150));
        assertThat(firsts.get("asked " + REPLICAS_OF_BURST)).isBefore(burst.minus(START_TIME));
        assertThat(firsts.get("ready " + REPLICAS_OF_BURST)).isBefore(burst);
    }

    @Test
    @Order(3)
    void aTargetThatChangesReachesTheHpaWithoutANewScaledObject() {
        assertThat(hpaTarget("burst-scaler")).isEqualTo(10);
        Instant changed = Instant.now();
        setRequestRate("burst", 9);

        await().atMost(Duration.ofSeconds(30)).until(() -> hpaTarget("burst-scaler") == 9);
        say("StreamMetricSpec: a changed target reached the HPA after %.1f s", secondsSince(changed));
        setRequestRate("burst", 10);
        await().atMost(Duration.ofSeconds(30)).until(() -> hpaTarget("burst-scaler") == 10);
        assertThat(replicas("burst")).as("nobody falls back because of an edit").isLessThan(FALLBACK_REPLICAS);
    }

    @Test
    @Order(4)
    void withoutItsHistoryTheLastNumberHoldsAndThenKedaFallsBack() {
        Instant stopped = Instant.now();
        influx.stop();
        try {
            await().atMost(Duration.ofSeconds(170)).until(() -> replicas("burst") == FALLBACK_REPLICAS);
        } finally {
            influx.start();
        }
        say(
                "history stopped: numbers held, KEDA fell back to %d after %.0f s",
                FALLBACK_REPLICAS, secondsSince(stopped));
        assertThat(secondsSince(stopped)).isGreaterThan(120);
        assertThat(replicas("steady")).isEqualTo(3);
        await().atMost(Duration.ofSeconds(90)).until(() -> replicas("burst") != FALLBACK_REPLICAS);
    }

    @Test
    @Order(5)
    void whenTheBurstIsOverThereIsNoReplicaAgain() {
        Instant over = burst.plus(BURST);
        await().atMost(Duration.between(Instant.now(), over).plusSeconds(420)).until(() -> replicas("burst") == 0);
        say("0 replicas %.0f s after the burst was over", secondsSince(over));
    }

    @Test
    @Order(6)
    void whereTheSpecificationGoesNothingIsScaledIn() {
        int there = replicas("steady");
        cluster.autoscaler("steady").delete();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> keda.log().contains("There is no endpoint inference/steady"));
        assertThat(replicas("steady")).isEqualTo(there);
    }

    private static void say(String figure, Object... values) {
        System.out.printf("figure: " + figure + "%n", values);
    }

    private static double secondsSince(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis() / 1000.0;
    }

    private double before(String first) {
        return Duration.between(firsts.get(first), burst).toMillis() / 1000.0;
    }

    private Deployment deployment(String name) {
        return admin.apps()
                .deployments()
                .inNamespace(TestCluster.NAMESPACE)
                .withName(name)
                .get();
    }

    private int replicas(String name) {
        return deployment(name).getSpec().getReplicas();
    }

    private HorizontalPodAutoscaler hpa(String scaledObject) {
        return admin.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(TestCluster.NAMESPACE)
                .withName("keda-hpa-" + scaledObject)
                .get();
    }

    private String hpaMetricName(String scaledObject) {
        HorizontalPodAutoscaler hpa = hpa(scaledObject);
        return hpa == null
                ? ""
                : hpa.getSpec()
                        .getMetrics()
                        .getFirst()
                        .getExternal()
                        .getMetric()
                        .getName();
    }

    private double hpaTarget(String scaledObject) {
        return hpa(scaledObject)
                .getSpec()
                .getMetrics()
                .getFirst()
                .getExternal()
                .getTarget()
                .getAverageValue()
                .getNumericalAmount()
                .doubleValue();
    }

    private String condition(String name, String type) {
        GenericKubernetesResource resource = cluster.autoscaler(name).get();
        JsonNode status = JSON.valueToTree(resource.getAdditionalProperties().getOrDefault("status", Map.of()));
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText();
            }
        }
        return "";
    }

    private void setRequestRate(String name, int requestRate) {
        cluster.autoscaler(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"capacity\": {\"perReplica\": {\"requestRate\": %d}}}}".formatted(requestRate));
    }

    private String spec(String service, int minReplicas, int requestRate) {
        return """
                apiVersion: prescale.dev/v1alpha1
                kind: PredictiveAutoscaler
                metadata: {name: %1$s, namespace: inference}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
                  mode: Keda
                  minReplicas: %2$d
                  maxReplicas: 40
                  traffic:
                    influx: {bucket: %3$s, measurement: http_requests, field: count, tags: {service: %1$s}, kind: Count}
                    step: %4$ds
                    history: 14d
                  capacity:
                    perReplica: {requestRate: %5$d}
                  predictive:
                    leadTime: {initial: 40s, min: 15s, max: 5m}
                """.formatted(service, minReplicas, bucket, STEP_SECONDS, requestRate);
    }
}
