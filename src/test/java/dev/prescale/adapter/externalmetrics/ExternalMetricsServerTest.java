package dev.prescale.adapter.externalmetrics;

import static dev.prescale.testing.Snapshots.aSnapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.config.ExternalMetrics;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.SignalBoard;
import dev.prescale.control.Signals;
import dev.prescale.testing.Authority;
import dev.prescale.testing.Authority.Issued;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The listener with a client that is not ours: TLS, certificates, and answers to the byte. */
class ExternalMetricsServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.now();
    private static final Instant EARLIER = NOW.minus(Duration.ofHours(2));
    private static final Instant LATER = NOW.plus(Duration.ofHours(2));
    private static final Authority SERVING = Authority.of("serving-ca", NOW);
    private static final Authority FRONT_PROXY = Authority.of("front-proxy-ca", NOW);
    private static final Authority STRANGER = Authority.of("stranger", NOW);
    private static final String BASE = "/apis/external.metrics.k8s.io/v1beta1";
    private static final String CHAT = BASE + "/namespaces/test/prescale_demand";

    private static final Vertx VERTX = Vertx.vertx();
    private static final FakeCluster CLUSTER = new FakeCluster();
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    @TempDir
    static Path folder;

    private static ExternalMetricsServer server;

    @BeforeAll
    static void begin() throws Exception {
        SERVING.server("CN=prescale", EARLIER, LATER).write(folder, "tls");
        Files.writeString(folder.resolve("ca.crt"), FRONT_PROXY.pem());
        SignalBoard board = new SignalBoard(new Signals(Duration.ofSeconds(15)));
        EndpointSnapshot chat = aSnapshot("chat").at(NOW).build();
        CLUSTER.specs.add(chat.spec());
        CLUSTER.mayRead.add("hpa");
        board.cycleDone(NOW, List.of(chat));
        server = ExternalMetricsServer.begin(
                VERTX,
                new ExternalMetrics(0, folder.resolve("tls.crt"), folder.resolve("tls.key"), Optional.empty()),
                new TrustBoard(TrustSources.ofFile(folder.resolve("ca.crt"))),
                CLUSTER,
                new MetricLists(CLUSTER, board),
                InstantSource.system(),
                new ExternalMetricsMeters(METERS));
    }

    @AfterAll
    static void end() {
        server.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anAutoscalerReadsTheValues() throws Exception {
        HttpResponse<String> answer = get(proxy(), CHAT + "?labelSelector=endpoint%3Dchat", "hpa");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo("""
                {"kind":"ExternalMetricValueList","apiVersion":"external.metrics.k8s.io/v1beta1","metadata":{},"items":[\
                {"metricName":"prescale_demand",\
                "metricLabels":%s,\
                "timestamp":"%s","value":"60"}]}""".formatted(
                        JSON.readTree(answer.body()).at("/items/0/metricLabels"), NOW.truncatedTo(ChronoUnit.SECONDS)));
        assertThat(get(proxy(), CHAT + "?labelSelector=endpoint%3Dshop", "hpa").body())
                .endsWith("\"items\":[]}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            /apis | {"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"external.metrics.k8s.io","versions":[{"groupVersion":"external.metrics.k8s.io/v1beta1","version":"v1beta1"}],"preferredVersion":{"groupVersion":"external.metrics.k8s.io/v1beta1","version":"v1beta1"}}]}
            /apis/external.metrics.k8s.io | {"kind":"APIGroup","apiVersion":"v1","name":"external.metrics.k8s.io","versions":[{"groupVersion":"external.metrics.k8s.io/v1beta1","version":"v1beta1"}],"preferredVersion":{"groupVersion":"external.metrics.k8s.io/v1beta1","version":"v1beta1"}}
            /apis/external.metrics.k8s.io/v1beta1 | {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"external.metrics.k8s.io/v1beta1","resources":[{"name":"prescale_demand","singularName":"","namespaced":true,"kind":"ExternalMetricValueList","verbs":["get"]},{"name":"prescale_replicas","singularName":"","namespaced":true,"kind":"ExternalMetricValueList","verbs":["get"]}]}
            """, quoteCharacter = '`')
    void discoveryListsTheMetrics(String path, String body) throws Exception {
        assertThat(get(proxy(), path, "hpa").body()).isEqualTo(body);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            BASE/namespaces/test/prescale_demand?labelSelector=a+like+b | 400 | BadRequest | labelSelector "a like b" cannot be read: 'like' is none of =, ==, !=, in, notin.
            BASE/namespaces/test/prescale_demand?labelSelector=a&labelSelector=b | 400 | BadRequest | labelSelector is given 2 times.
            BASE/namespaces/test/prescale_demand?watch=true | 405 | MethodNotAllowed | External metrics cannot be watched.
            BASE/namespaces/test/ | 404 | NotFound | There is nothing at BASE/namespaces/test/.
            /openapi/v3 | 404 | NotFound | There is nothing at /openapi/v3.
            """)
    void aFaultIsAStatus(String path, int code, String reason, String message) throws Exception {
        HttpResponse<String> answer = get(proxy(), path.replace("BASE", BASE), "hpa");

        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(JSON.readTree(answer.body()))
                .isEqualTo(JSON.readTree("""
                        {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure"}
                        """)
                        .<ObjectNode>deepCopy()
                        .put("message", message.replace("BASE", BASE))
                        .put("reason", reason)
                        .put("code", code));
    }

    @Test
    void whoMayNotReadIsToldSo() throws Exception {
        HttpResponse<String> answer = get(proxy(), CHAT, "eve");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(message(answer))
                .isEqualTo(
                        "User \"eve\" may not list prescale_demand.external.metrics.k8s.io in the namespace \"test\":"
                                + " no rule says so");
        assertThat(get(proxy(), BASE, "eve").statusCode()).isEqualTo(403);
    }

    @Test
    void withoutTheClusterNothingIsRead() throws Exception {
        CLUSTER.isAway = true;
        try {
            HttpResponse<String> answer = get(proxy(), CHAT, "hpa");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(message(answer)).contains("the Kubernetes API server does not answer");
            // an API server's client would ask ten times more, and the autoscaler wait for it
            assertThat(answer.headers().firstValue("retry-after")).isEmpty();
        } finally {
            CLUSTER.isAway = false;
        }
    }

    @Test
    void headersAloneAreNotBelieved() throws Exception {
        assertThat(get(null, CHAT, "hpa").statusCode()).isEqualTo(401);
        assertThat(message(get(STRANGER.client("CN=front-proxy-client", EARLIER, LATER), CHAT, "hpa")))
                .contains("of an unknown issuer");
        assertThat(message(
                        get(FRONT_PROXY.client("CN=front-proxy-client", EARLIER, NOW.minusSeconds(60)), CHAT, "hpa")))
                .contains("has expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/livez", "/readyz"})
    void probesAreOpen(String path) throws Exception {
        HttpResponse<String> answer = get(null, path, "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "HEAD"})
    void nothingIsWritten(String method) throws Exception {
        HttpResponse<String> answer = send(client(proxy()), CHAT, "hpa", method, "{}");

        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void aBodyIsRefusedUnread() throws Exception {
        HttpResponse<String> answer = send(client(proxy()), CHAT, "hpa", "GET", "{}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("connection")).hasValue("close");
    }

    @Test
    void aBodyWithoutEndIsCutOff() throws Exception {
        SSLContext context = context(proxy());
        try (Socket socket = context.getSocketFactory().createSocket("localhost", server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /apis HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.US_ASCII);

            await().untilAsserted(() -> assertThatThrownBy(() -> {
                        out.write(chunk);
                        out.flush();
                    })
                    .isInstanceOf(IOException.class));
        }
    }

    @Test
    void aLongLineIsRefused() throws Exception {
        String selector = "a".repeat(10_000);

        assertThat(get(proxy(), CHAT + "?labelSelector=" + selector, "hpa").statusCode())
                .isEqualTo(414);
    }

    @Test
    void requestsAreCountedByTheirCode() throws Exception {
        double before = METERS.counter("prescale.external.metrics.requests", "code", "403")
                .count();
        get(proxy(), CHAT, "eve");

        assertThat(METERS.counter("prescale.external.metrics.requests", "code", "403")
                        .count())
                .isEqualTo(before + 1);
    }

    @Test
    void aRotatedCertificateIsShown(@TempDir Path own) throws Exception {
        SERVING.server("CN=first", EARLIER, LATER).write(own, "tls");
        ExternalMetricsServer rotated = ExternalMetricsServer.begin(
                VERTX,
                new ExternalMetrics(0, own.resolve("tls.crt"), own.resolve("tls.key"), Optional.empty()),
                new TrustBoard(TrustSources.ofFile(folder.resolve("ca.crt"))),
                CLUSTER,
                new MetricLists(CLUSTER, new SignalBoard(new Signals(Duration.ofSeconds(15)))),
                InstantSource.system(),
                new ExternalMetricsMeters(new SimpleMeterRegistry()));
        try {
            assertThat(shownBy(rotated)).isEqualTo("CN=first");

            Issued second = SERVING.server("CN=second", EARLIER, LATER);
            Files.writeString(own.resolve("tls.crt"), second.pem());
            rotated.tend();
            assertThat(shownBy(rotated)).isEqualTo("CN=first");

            Files.writeString(own.resolve("tls.key"), second.keyPem());
            rotated.tend();
            await().until(() -> shownBy(rotated).equals("CN=second"));
        } finally {
            rotated.close();
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsNamedAtTheStart(@TempDir Path own) throws IOException {
        SERVING.server("CN=first", EARLIER, LATER).write(own, "tls");
        Files.writeString(
                own.resolve("tls.key"),
                SERVING.server("CN=other", EARLIER, LATER).keyPem());

        assertThatThrownBy(() -> ExternalMetricsServer.begin(
                        VERTX,
                        new ExternalMetrics(0, own.resolve("tls.crt"), own.resolve("tls.key"), Optional.empty()),
                        new TrustBoard(TrustSources.ofFile(folder.resolve("ca.crt"))),
                        CLUSTER,
                        new MetricLists(CLUSTER, new SignalBoard(new Signals(Duration.ofSeconds(15)))),
                        InstantSource.system(),
                        new ExternalMetricsMeters(new SimpleMeterRegistry())))
                .hasMessageEndingWith("are no certificate with its key in PEM: the key is another certificate's");
    }

    private static Issued proxy() {
        return FRONT_PROXY.client("CN=front-proxy-client", EARLIER, LATER);
    }

    private static String message(HttpResponse<String> answer) throws IOException {
        JsonNode status = JSON.readTree(answer.body());
        return status.get("message").asText();
    }

    private static String shownBy(ExternalMetricsServer shown) throws Exception {
        HttpResponse<String> answer = client(null)
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + shown.port() + "/healthz"))
                                .build(),
                        BodyHandlers.ofString());
        return ((X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    private static HttpResponse<String> get(@Nullable Issued certificate, String path, String user) throws Exception {
        return send(client(certificate), path, user, "GET", "");
    }

    private static HttpResponse<String> send(HttpClient client, String path, String user, String method, String body)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
                        .header("X-Remote-User", user.isEmpty() ? "nobody" : user)
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpClient client(@Nullable Issued certificate) throws Exception {
        return HttpClient.newBuilder().sslContext(context(certificate)).build();
    }

    private static SSLContext context(@Nullable Issued certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", SERVING.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (certificate != null) {
            own.setKeyEntry("own", certificate.key(), new char[0], new Certificate[] {certificate.certificate()});
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
