package dev.prescale.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service for {@link PageBenchmark} with as many endpoints as it is told, whose figures change when it is told: the page's own files,
 * and the calls that its overview makes. What the calls cost the real service is measured elsewhere.
 */
final class PageService implements AutoCloseable {
    private static final Instant START = Instant.parse("2024-03-04T12:00:00Z");
    private static final Duration CYCLE = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<BlockingQueue<String>> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger sparklineReads = new AtomicInteger();
    private final int endpoints;
    private volatile int cycle;

    PageService(int endpoints) throws IOException {
        this.endpoints = endpoints;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI home() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    /** One more cycle: every rate, and the replicas of some, are others. */
    void publishCycle() throws IOException {
        cycle++;
        String body = JSON.writeValueAsString(fleet());
        clients.forEach(client -> client.add(body));
    }

    /** Reads of history and forecast since the last call. */
    int takeSparklineReads() {
        return sparklineReads.getAndSet(0);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            switch (path) {
                case "/api/v1/events" -> follow(exchange);
                case "/api/v1/endpoints" -> send(exchange, "application/json", JSON.writeValueAsBytes(fleet()));
                case "/api/v1/demo" -> exchange.sendResponseHeaders(204, -1);
                default -> {
                    if (path.endsWith("/history") || path.endsWith("/forecast")) {
                        sparklineReads.incrementAndGet();
                        ObjectNode curve = path.endsWith("/history") ? history() : forecast();
                        send(exchange, "application/json", JSON.writeValueAsBytes(curve));
                    } else {
                        sendFile(exchange, path.equals("/") ? "/index.html" : path);
                    }
                }
            }
        }
    }

    private void follow(HttpExchange exchange) throws IOException {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        events.add(JSON.writeValueAsString(fleet()));
        clients.add(events);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (!Thread.interrupted()) {
                out.write(("event: fleet\ndata: " + events.take() + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(events);
        }
    }

    private ObjectNode fleet() {
        ObjectNode fleet = JSON.createObjectNode();
        ArrayNode all = fleet.putArray("endpoints");
        for (int k = 0; k < endpoints; k++) {
            all.add(endpoint(k));
        }
        fleet.putArray("specificationFaults");
        return fleet;
    }

    private ObjectNode endpoint(int k) {
        Instant at = START.plus(CYCLE.multipliedBy(cycle));
        int replicas = 2 + (k + cycle / 7) % 40;
        ObjectNode endpoint = JSON.createObjectNode()
                .put("namespace", "team-" + k % 25)
                .put("name", "endpoint-" + k)
                .put("mode", List.of("Scale", "Observe", "HpaFloor", "Keda").get(k % 4))
                .put("scaleInPaused", false)
                .put("at", at.toString())
                .put("requestRate", 10 * replicas + 0.1 * (cycle % 97))
                .put("currentReplicas", replicas)
                .put("readyReplicas", replicas - k % 2)
                .put("recommendedReplicas", replicas + k % 3)
                .put("minReplicas", 1)
                .put("maxReplicas", 100)
                .put("leadTime", "PT2M")
                .put("horizon", "PT48H")
                .put("loadUnit", "req/s")
                .putNull("requestCosts")
                .putNull("paused");
        endpoint.putObject("history")
                .put("state", "Samples")
                .putNull("message")
                .put("observedUntil", at.toString())
                .put("step", "PT1M");
        endpoint.putObject("gate")
                .put("state", k % 20 == 0 ? "Distrusted" : "Trusted")
                .put("loss", 0.8)
                .put("bestBaseline", "weekNaive")
                .put("baselineLoss", 1.0)
                .put("since", START.toString());
        endpoint.putObject("measuredLeadTime").put("message", "120 s as given: no start seen");
        endpoint.putObject("leadTimeDemand")
                .put("window", "PT3M15S")
                .put("quantile", 0.95)
                .put("rate", 12.0 * replicas)
                .put("source", "direct");
        endpoint.putObject("nextPeak")
                .put("at", at.plusSeconds(3_600L + 60 * k).toString())
                .put("rate", 15.0 * replicas);
        endpoint.putObject("lastDecision")
                .put("at", at.toString())
                .put("action", "Hold")
                .put("replicas", replicas)
                .put("acted", false)
                .put("message", "up to 50.5 req/s need 14 replicas at 3.7 req/s each until what is ordered now serves");
        ArrayNode warnings = endpoint.putArray("warnings");
        if (k % 10 == 0) {
            warnings.add("The lead-time demand covered 82 % of the latest peaks where it should cover 95 %.");
        }
        return endpoint;
    }

    private ObjectNode history() {
        ObjectNode history = JSON.createObjectNode()
                .put("start", START.minus(Duration.ofHours(12)).toString())
                .put("step", "PT10M");
        ArrayNode rates = history.putArray("rates");
        for (int k = 0; k < 72; k++) {
            rates.add(50 + 40 * Math.sin(k / 11.0));
        }
        return history;
    }

    private ObjectNode forecast() {
        ObjectNode forecast = JSON.createObjectNode()
                .put("start", START.toString())
                .put("step", "PT10M")
                .put("age", "PT1M");
        forecast.putArray("quantiles").add(0.5);
        ArrayNode rates = forecast.putArray("rates");
        for (int k = 0; k < 36; k++) {
            rates.addArray().add(50 + 40 * Math.sin((72 + k) / 11.0));
        }
        forecast.putNull("requiredReplicas");
        forecast.putArray("members");
        forecast.putArray("seasons");
        forecast.putObject("sizing").put("requestRate", 10);
        return forecast;
    }

    private static void sendFile(HttpExchange exchange, String path) throws IOException {
        String file = path.startsWith("/webjars/uplot/")
                ? path.replace("/webjars/uplot/", "/webjars/uplot/" + versionOfChartLibrary() + "/")
                : path;
        try (InputStream content = PageService.class.getResourceAsStream("/META-INF/resources" + file)) {
            if (content == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String type = TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "application/octet-stream");
            send(exchange, type, content.readAllBytes());
        }
    }

    private static String versionOfChartLibrary() throws IOException {
        try (InputStream in =
                PageService.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }
}
