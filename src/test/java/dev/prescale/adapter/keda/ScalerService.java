package dev.prescale.adapter.keda;

import static org.awaitility.Awaitility.await;

import dev.prescale.testing.CertificateAuthority.Issued;
import dev.prescale.testing.PackagedApplication;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The packaged service with one endpoint, shop/chat, of which one replica sustains 12 req/s, after an hour of 30 req/s. */
final class ScalerService implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final PackagedApplication process;
    final int port;
    final Path specification;

    private ScalerService(PackagedApplication process, int port, Path specification) {
        this.process = process;
        this.port = port;
        this.specification = specification;
    }

    /** Ready, and the history known. */
    static ScalerService start(Path folder, Map<String, String> settings) throws IOException {
        int port = PackagedApplication.freePort();
        Path specification =
                Files.createDirectories(folder.resolve("endpoints")).resolve("chat.yaml");
        specify(specification, 12);
        Map<String, String> environment = new HashMap<>(Map.of(
                "PRESCALE_HTTP_PORT",
                "" + port,
                "PRESCALE_DATA",
                folder.resolve("data").toString(),
                "PRESCALE_ENDPOINTS",
                specification.getParent().toString(),
                "PRESCALE_CYCLE_INTERVAL",
                "1s",
                "PRESCALE_KUBERNETES",
                "off"));
        environment.putAll(settings);
        ScalerService service =
                new ScalerService(PackagedApplication.start(folder, environment, "serve"), port, specification);
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> service.get("/q/health/ready").statusCode() == 200);
        return service;
    }

    static void specify(Path file, int requestRate) throws IOException {
        Files.writeString(file, """
                apiVersion: prescale.dev/v1alpha1
                kind: PredictiveAutoscaler
                metadata: {name: chat, namespace: shop}
                spec:
                  scaleTargetRef: {name: chat}
                  maxReplicas: 40
                  traffic:
                    influx: {bucket: traffic, measurement: http_requests, field: count, tags: {service: chat}, kind: Count}
                    step: 60s
                  capacity: {perReplica: {requestRate: %d}}
                """.formatted(requestRate));
    }

    void writeHistory() throws IOException, InterruptedException {
        long minute = Instant.now().getEpochSecond() / 60;
        String lines = IntStream.range(0, 60)
                .mapToObj(ago -> "http_requests,service=chat count=1800 " + (minute - ago) * 60)
                .collect(Collectors.joining("\n"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url("/api/v1/samples?precision=s")))
                .POST(BodyPublishers.ofString(lines))
                .build();
        int status = CLIENT.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 204) {
            throw new AssertionError("samples: " + status);
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(url(path))).build(), BodyHandlers.ofString());
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Streams that are open at the service. */
    double openStreams() throws IOException, InterruptedException {
        return get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("prescale_keda_streams "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
    }

    static ManagedChannel plain(int port) {
        return channel(port, InsecureChannelCredentials.create());
    }

    /**
     * A connection over TLS.
     *
     * @param authority that the client trusts
     * @param client its certificate, null for none
     */
    static ManagedChannel overTls(int port, Path authority, Issued client) throws IOException {
        TlsChannelCredentials.Builder credentials =
                TlsChannelCredentials.newBuilder().trustManager(authority.toFile());
        if (client != null) {
            credentials.keyManager(client.certificate().toFile(), client.key().toFile());
        }
        return channel(port, credentials.build());
    }

    private static ManagedChannel channel(int port, ChannelCredentials credentials) {
        return Grpc.newChannelBuilderForAddress("127.0.0.1", port, credentials).build();
    }

    @Override
    public void close() {
        process.close();
    }
}
