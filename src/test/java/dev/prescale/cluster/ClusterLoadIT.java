package dev.prescale.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prescale.testing.AuditLog;
import dev.prescale.testing.KubernetesApiServer;
import dev.prescale.testing.PackagedApplication;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a thousand endpoints ask of a real API server: nothing while nothing changes, and one write per change. */
@Tag("e2e")
class ClusterLoadIT {
    private static final int ENDPOINTS = 1_000;
    private static final int CHANGED = 100;
    private static final double RATE = 25;
    private static final int REPLICAS = 4;
    private static final Duration WATCHED = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void requestsFollowChangesAndNotEndpoints() throws IOException, InterruptedException {
        try (KubernetesApiServer server = KubernetesApiServer.begin();
                KubernetesClient admin = server.admin()) {
            TestCluster cluster = new TestCluster(server, admin);
            cluster.install();
            IntStream.range(0, ENDPOINTS).parallel().forEach(i -> {
                cluster.deploy(name(i), REPLICAS, Duration.ofSeconds(10));
                cluster.apply(spec(name(i)));
            });
            int port = PackagedApplication.freePort();
            try (PackagedApplication prescale =
                    cluster.prescale(folder, "one", Map.of("PRESCALE_HTTP_PORT", String.valueOf(port)))) {
                await().atMost(Duration.ofMinutes(1)).until(() -> isReady(port));
                Instant now = Instant.now();
                for (int minute = 20; minute > 0; minute--) {
                    send(port, now.minusSeconds(60L * minute), i -> RATE);
                }
                settle(server, port);

                Instant quiet = Instant.now();
                watch(port, i -> RATE);
                List<AuditLog.Request> idle = since(server, quiet);
                say("steady state", idle);
                assertThat(idle).as("of endpoints").noneMatch(AuditLog.Request::isWriteOfEndpoint);
                assertThat(idle.size()).isLessThan(ENDPOINTS / 10);

                Instant change = Instant.now();
                watch(port, i -> i < CHANGED ? 2 * RATE : RATE);
                List<AuditLog.Request> busy = since(server, change);
                say(CHANGED + " endpoints change", busy);
                assertThat(busy.stream().filter(request -> request.resource().equals("deployments/scale")))
                        .hasSize(CHANGED);
                assertThat(busy.size()).isLessThan(6 * CHANGED);
                assertThat(prescale.isAlive()).isTrue();
            }
        }
    }

    /** Until a whole cycle has written nothing about endpoints. */
    private void settle(KubernetesApiServer server, int port) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(5));
        int before = -1;
        int all = writes(server);
        while (all != before || all < ENDPOINTS) {
            assertThat(Instant.now()).as("there is no end to writes").isBefore(end);
            before = all;
            watch(port, i -> RATE, Duration.ofSeconds(30));
            all = writes(server);
        }
    }

    private static int writes(KubernetesApiServer server) {
        return server.auditLog().requests(AuditLog.Request::isWriteOfEndpoint).size();
    }

    private static List<AuditLog.Request> since(KubernetesApiServer server, Instant begin) {
        return server.auditLog().requests(request -> request.at().isAfter(begin));
    }

    private static void say(String what, List<AuditLog.Request> requests) {
        Map<String, Long> byRight = requests.stream()
                .collect(Collectors.groupingBy(AuditLog.Request::right, TreeMap::new, Collectors.counting()));
        System.out.printf(
                "figure: %d endpoints, %s: %.2f requests per second to the API server %s%n",
                ENDPOINTS, what, (double) requests.size() / WATCHED.toSeconds(), byRight);
    }

    private void watch(int port, IntToDoubleFunction rate) throws IOException, InterruptedException {
        watch(port, rate, WATCHED);
    }

    /** Lets time pass, with a sample of every endpoint for each minute that is over. */
    private void watch(int port, IntToDoubleFunction rate, Duration time) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            send(port, Instant.now().minusSeconds(60), rate);
            Thread.sleep(5_000); // time has to pass: what is looked for is that nothing happens
        }
    }

    /** The count of the minute that this instant lies in, of every endpoint. */
    private void send(int port, Instant at, IntToDoubleFunction rate) throws IOException, InterruptedException {
        long minute = at.getEpochSecond() / 60 * 60;
        String lines = IntStream.range(0, ENDPOINTS)
                .mapToObj(i -> "http_requests,service=%s count=%di %d"
                        .formatted(name(i), Math.round(60 * rate.applyAsDouble(i)), minute))
                .collect(Collectors.joining("\n"));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/api/v1/samples?precision=s".formatted(port)))
                .POST(BodyPublishers.ofString(lines))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    private boolean isReady(int port) throws InterruptedException {
        try {
            URI ready = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port));
            return http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String name(int index) {
        return "endpoint-%04d".formatted(index);
    }

    private static String spec(String name) {
        return """
                apiVersion: prescale.dev/v1alpha1
                kind: PredictiveAutoscaler
                metadata: {name: %1$s, namespace: inference}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
                  mode: Scale
                  minReplicas: 1
                  maxReplicas: 60
                  traffic:
                    influx: {bucket: traffic, measurement: http_requests, field: count, tags: {service: %1$s}, kind: Count}
                    step: 60s
                    history: 1d
                  capacity:
                    perReplica: {requestRate: 10, targetUtilization: 0.7}
                """.formatted(name);
    }
}
