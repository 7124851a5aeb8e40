package dev.prescale.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.prescale.testing.ControlPlane;
import dev.prescale.testing.KedaOperator;
import dev.prescale.testing.ServedEndpoints;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real KEDA with the manifests that are shipped for its triggers {@code metrics-api} and {@code prometheus}. Only addresses
 * differ, and Prometheus is a stand-in that answers a query for one sample out of a scrape of Prescale.
 */
@Tag("keda")
class KedaOverHttpIT {
    private static final String NAMESPACE = "inference";
    private static final Path OVERLAY = Path.of("k8s/overlays/keda");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    /** Quantities go out in thousandths. */
    private static final Offset<Double> IN_MILLI = within(0.001);

    private static final Pattern QUERY =
            Pattern.compile("query=max\\((\\w+)\\{namespace=\"([^\"]+)\", endpoint=\"([^\"]+)\"}\\)");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static ServedEndpoints served;
    private static HttpServer prometheus;
    private static ControlPlane plane;
    private static KedaOperator keda;
    private static KubernetesClient admin;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        KedaOperator.require();
        String chat = Files.readString(OVERLAY.resolve("endpoint.yaml"));
        served = ServedEndpoints.begin(
                Files.createDirectory(folder.resolve("served")),
                chat + "---\n" + chat.replace("name: chat", "name: idle").replace("service: chat", "service: idle"));
        served.write("chat", 3 * 1_440, ago -> (int) (1_500 + 900 * Math.sin(ago * Math.PI / 720)));
        prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        prometheus.createContext("/api/v1/query", KedaOverHttpIT::query);
        prometheus.start();
        plane = ControlPlane.begin();
        keda = KedaOperator.begin(plane, folder);
        admin = plane.server().admin();
        plane.server().createNamespace(NAMESPACE);
        await().atMost(LONGEST_WAIT).until(() -> served.get(metricOf("chat")).statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        if (admin != null) {
            admin.close();
        }
        if (keda != null) {
            keda.close();
        }
        if (plane != null) {
            plane.close();
        }
        if (prometheus != null) {
            prometheus.stop(0);
        }
        if (served != null) {
            served.close();
        }
    }

    @Test
    void theNumberOverHttpReachesTheHpa() throws Exception {
        apply("chat", OVERLAY.resolve("scaled-object.yaml"));

        assertThat(hpaOf("chat").getSpec().getMetrics().stream()
                        .filter(metric -> metric.getExternal() != null)
                        .map(metric -> metric.getExternal().getTarget().getAverageValue()))
                .containsExactly(new Quantity("10800m"));
        assertThat(externalMetric("chat", "s0-metric-api-value")).isEqualTo(demand(), IN_MILLI);
    }

    @Test
    void withoutANumberKedaIsToldAnError() throws Exception {
        apply("idle", OVERLAY.resolve("scaled-object.yaml"));
        hpaOf("idle");

        assertThat(served.get(metricOf("idle")).statusCode()).isEqualTo(503);
        await().atMost(LONGEST_WAIT)
                .untilAsserted(() ->
                        assertThat(keda.log()).contains("/api/v1/endpoints/inference/idle/metric: api returned 503"));
    }

    @Test
    void aSampleInPrometheusReachesTheHpa() throws Exception {
        apply("sampled", "chat", Path.of("k8s/examples/keda-prometheus/scaled-object.yaml"));
        hpaOf("sampled");

        assertThat(externalMetric("sampled", "s0-prometheus")).isEqualTo(demand(), IN_MILLI);
    }

    @Test
    void withoutASampleThereIsAnErrorAndNot0() throws Exception {
        apply("unsampled", "idle", Path.of("k8s/examples/keda-prometheus/scaled-object.yaml"));
        hpaOf("unsampled");

        await().atMost(LONGEST_WAIT).untilAsserted(() -> assertThat(keda.log()).contains("the result is empty"));
        assertThat(whyNoMetric("unsampled", "s0-prometheus")).contains("500");
    }

    private static void apply(String name, Path manifest) throws IOException {
        apply(name, name, manifest);
    }

    /** A Deployment and the manifest's ScaledObject of another name, on an endpoint of another name. */
    private static void apply(String name, String endpoint, Path manifest) throws IOException {
        Map<String, String> labels = Map.of("app", name);
        admin.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .withMatchLabels(labels)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName(name)
                        .withImage("chat:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        String text = Files.readString(manifest)
                .replace("name: chat", "name: " + name)
                .replace("/chat/metric", "/" + endpoint + "/metric")
                .replace("endpoint=\"chat\"", "endpoint=\"" + endpoint + "\"")
                .replace("http://prescale.prescale", served.uri("").toString())
                .replace(
                        "http://prometheus-operated.monitoring:9090",
                        "http://127.0.0.1:" + prometheus.getAddress().getPort());
        admin.resource(text).create();
    }

    private static HorizontalPodAutoscaler hpaOf(String name) {
        return await().atMost(LONGEST_WAIT)
                .until(
                        () -> admin.autoscaling()
                                .v2()
                                .horizontalPodAutoscalers()
                                .inNamespace(NAMESPACE)
                                .withName("keda-hpa-" + name)
                                .get(),
                        found -> found != null);
    }

    private static double demand() throws IOException, InterruptedException {
        return JSON.readTree(served.get(metricOf("chat")).body()).get("value").asDouble();
    }

    /** What KEDA tells the HPA controller. */
    private static double externalMetric(String scaledObject, String metric) throws IOException {
        JsonNode list = JSON.readTree(admin.raw(externalPath(scaledObject, metric)));
        assertThat(list.get("items")).hasSize(1);
        return Quantity.getAmountInBytes(
                        Quantity.parse(list.at("/items/0/value").asText()))
                .doubleValue();
    }

    private static String whyNoMetric(String scaledObject, String metric) {
        try {
            return admin.raw(externalPath(scaledObject, metric));
        } catch (KubernetesClientException refused) {
            return refused.getCode() + " " + refused.getMessage();
        }
    }

    private static String externalPath(String scaledObject, String metric) {
        return "/apis/external.metrics.k8s.io/v1beta1/namespaces/%s/%s?labelSelector=scaledobject.keda.sh%%2Fname%%3D%s"
                .formatted(NAMESPACE, metric, scaledObject);
    }

    private static String metricOf(String endpoint) {
        return "/api/v1/endpoints/%s/%s/metric?metric=demand".formatted(NAMESPACE, endpoint);
    }

    private static void query(HttpExchange exchange) throws IOException {
        String asked = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
        Matcher query = QUERY.matcher(asked);
        String result = query.find() ? sample(query.group(1), query.group(2), query.group(3)) : "";
        byte[] answer = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[%s]}}"
                .formatted(result)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** An element of an instant vector, nothing where there is no such sample. */
    private static String sample(String metric, String namespace, String endpoint) throws IOException {
        String series = "%s{namespace=\"%s\",endpoint=\"%s\"".formatted(metric, namespace, endpoint);
        try {
            return served.get("/q/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(series))
                    .findFirst()
                    .map(line ->
                            "{\"metric\":{},\"value\":[0,\"%s\"]}".formatted(line.substring(line.lastIndexOf(' ') + 1)))
                    .orElse("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
