package dev.prescale.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server on the loopback interface that answers what a test has it answer, and notes what it was asked. */
public final class FakeService implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Reply> replies = Collections.synchronizedMap(new HashMap<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private final List<Later> later = Collections.synchronizedList(new ArrayList<>());

    private record Later(String path, Reply reply) {}

    private record Reply(int status, String type, String body) {}

    public FakeService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** From now on this path is answered so, whatever its parameters. */
    public void answers(String path, int status, String type, String body) {
        replies.put(path, new Reply(status, type, body));
    }

    /** From now on this path is answered so, one after another. */
    public void answersInTurn(String path, String type, String... bodies) {
        answers(path, 200, type, bodies[0]);
        for (int i = 1; i < bodies.length; i++) {
            later.add(new Later(path, new Reply(200, type, bodies[i])));
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Paths with their parameters, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** What was sent as {@code Authorization}, in order. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            authorizations.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            asked.add(exchange.getRequestURI().toString());
            Reply reply =
                    replies.getOrDefault(exchange.getRequestURI().getPath(), new Reply(404, "text/html", "nothing"));
            later.stream()
                    .filter(next -> next.path().equals(exchange.getRequestURI().getPath()))
                    .findFirst()
                    .ifPresent(next -> {
                        replies.put(next.path(), next.reply());
                        later.remove(next);
                    });
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
