package dev.prescale.adapter.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.control.EndpointId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** A Prescale service at an address. The JDK's own client: a command starts no frame to ask one question. */
public final class RunningService implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private static final String ENDPOINTS = "/api/v1/endpoints";
    private static final int PAGE = 1_000;

    /** Ten times the endpoints that one service is meant for. */
    private static final int MOST_PAGES = 100;

    /** 1,000 decisions are about 2 MB. */
    private static final int LARGEST_ANSWER = 32 << 20;

    private final HttpClient client;
    private final URI address;
    private final Duration patience;
    private final Optional<String> token;

    /**
     * @param address with scheme and host, and a path where the service is behind one
     * @param patience from the question to the last byte of the answer
     */
    public RunningService(URI address, Duration patience) {
        this(address, patience, Optional.empty(), Optional.empty());
    }

    /**
     * @param token sent as {@code Authorization: Bearer}; redirects are not followed, so that it goes to this address only
     * @param tls whom to trust and who one is; empty for the JDK's own
     */
    public RunningService(URI address, Duration patience, Optional<String> token, Optional<SSLContext> tls) {
        this.address = address;
        this.patience = patience;
        this.token = token;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** A page of decisions, newest first; the parameters are those of the API. */
    public Answer decisions(EndpointId endpoint, Map<String, String> parameters) {
        return get("/api/v1/endpoints/%s/decisions".formatted(endpoint), parameters);
    }

    /** What was decided in the last cycle. */
    public Answer latestDecision(EndpointId endpoint) {
        return get("/api/v1/endpoints/%s/decisions/latest".formatted(endpoint), Map.of());
    }

    /**
     * All endpoints after their last cycle, page by page into one answer.
     *
     * @param namespace empty for all
     */
    public Answer endpointStates(Optional<String> namespace) {
        Map<String, String> parameters = new HashMap<>(Map.of("limit", "" + PAGE));
        namespace.ifPresent(name -> parameters.put("namespace", name));
        Answer first = get(ENDPOINTS, parameters);
        if (!(first instanceof Answer.Found(ObjectNode whole))) {
            return first;
        }
        String next = whole.path("next").asText("");
        for (int page = 1; !next.isEmpty() && page < MOST_PAGES; page++) {
            parameters.put("after", next);
            if (!(get(ENDPOINTS, parameters) instanceof Answer.Found(JsonNode more))) {
                throw notOurs("a page after %s that is none".formatted(next));
            }
            more.path("endpoints").forEach(whole.withArray("endpoints")::add);
            next = more.path("next").asText("");
        }
        whole.put("next", next.isEmpty() ? null : next);
        return first;
    }

    /** One endpoint after its last cycle. */
    public Answer endpointState(EndpointId endpoint) {
        return get("/api/v1/endpoints/%s".formatted(endpoint), Map.of());
    }

    /** The endpoints that have been through a cycle, in their order. */
    public List<String> endpoints() {
        List<String> names = new ArrayList<>();
        if (endpointStates(Optional.empty()) instanceof Answer.Found(JsonNode body)) {
            body.path("endpoints")
                    .forEach(one -> names.add(one.path("namespace").asText() + "/"
                            + one.path("name").asText()));
        }
        return names;
    }

    private Answer get(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
        String base = address.toString().replaceFirst("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path + query))
                .header("Accept", "application/json, application/problem+json");
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        Read read = send(request.build());
        requireAllowed(read.status());
        if (read.status() == 200 && read.type().startsWith("application/json")) {
            return new Answer.Found(json(read));
        }
        if (!read.type().startsWith("application/problem+json")) {
            throw notOurs("status %d, %s".formatted(read.status(), read.type()));
        }
        JsonNode problem = json(read);
        String detail = problem.path("detail").asText("status " + read.status());
        return switch (read.status()) {
            case 404 -> new Answer.Unknown(detail);
            case 503 -> new Answer.NotYet(detail);
            case 400, 422 -> new Answer.Refused(faults(problem, detail));
            default -> throw new ServiceFault("the service at %s failed: %s".formatted(address, detail));
        };
    }

    /** Whatever stands before a service answers these too, in its own form. */
    private void requireAllowed(int status) {
        if (status == 401) {
            throw ServiceFault.ofAccess(
                    token.isPresent()
                            ? "the service at %s does not accept the token: it is another's, or it has run out"
                                    .formatted(address)
                            : "the service at %s answers nobody without a token: give --token-file, or PRESCALE_TOKEN_FILE or PRESCALE_TOKEN"
                                    .formatted(address));
        }
        if (status == 403) {
            throw ServiceFault.ofAccess(
                    "who asks may not see this at %s: it needs a role that the token or certificate does not have"
                            .formatted(address));
        }
    }

    /** @param body at most {@link #LARGEST_ANSWER} and one byte more, which says that there was too much */
    private record Read(int status, String type, byte[] body) {
        static Read of(HttpResponse<InputStream> response) {
            try (InputStream body = response.body()) {
                String type = response.headers().firstValue("Content-Type").orElse("without a type");
                return new Read(response.statusCode(), type, body.readNBytes(LARGEST_ANSWER + 1));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /** A time-out of a request ends at the head of its answer in the JDK's client; this one ends at the last byte. */
    private Read send(HttpRequest request) {
        CompletableFuture<Read> answer =
                client.sendAsync(request, BodyHandlers.ofInputStream()).thenApplyAsync(Read::of);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            client.shutdownNow();
            throw new ServiceFault(
                    "the service at %s has not answered within %d s".formatted(address, patience.toSeconds()), slow);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            tlsFault(cause).ifPresent(sentence -> {
                throw ServiceFault.ofAccess(sentence);
            });
            throw new ServiceFault(
                    "no service can be reached at %s (%s). Is it running there?".formatted(address, why(cause)), cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServiceFault("interrupted while the service at %s was asked".formatted(address), interrupted);
        }
    }

    /** What is wrong with certificates, which the JDK says in words of its own. */
    private Optional<String> tlsFault(Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            String message = String.valueOf(inner.getMessage());
            if (inner instanceof CertPathBuilderException || message.contains("PKIX path")) {
                return Optional.of(
                        "the certificate of the service at %s is of an authority that is not known here: give it with --ca"
                                .formatted(address));
            }
            if (message.contains("certificate_required") || message.contains("bad_certificate")) {
                return Optional.of(
                        "the service at %s asks for a client certificate that it knows: give one with --cert and --key"
                                .formatted(address));
            }
            // the end of the connection may arrive before the alert that says why
            boolean hasEnded = message.contains("received no bytes") || message.contains("Connection reset");
            if (hasEnded && "https".equalsIgnoreCase(address.getScheme())) {
                return Optional.of(
                        "the service at %s ended the connection without an answer; it may want a client certificate that it knows: give one with --cert and --key"
                                .formatted(address));
            }
            if (inner instanceof CertificateException) {
                return Optional.of(
                        "the certificate of the service at %s is not for it: %s".formatted(address, message));
            }
        }
        return Optional.empty();
    }

    /** The JDK's client mostly throws exceptions without a message here. */
    private static String why(Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof UnresolvedAddressException) {
                return "unknown host";
            }
        }
        return switch (cause) {
            case HttpConnectTimeoutException ignored ->
                "no connection within %d s".formatted(CONNECT_TIMEOUT.toSeconds());
            case ConnectException ignored -> "connection refused";
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }

    /** Every fault that the service names, else its sentence. */
    private static String faults(JsonNode problem, String detail) {
        List<String> faults = new ArrayList<>();
        problem.path("violations")
                .forEach(fault -> faults.add("%s %s, was %s"
                        .formatted(
                                fault.path("path").asText(),
                                fault.path("message").asText(),
                                fault.path("value").asText())));
        return faults.isEmpty() ? detail : String.join(System.lineSeparator() + "  ", faults);
    }

    private JsonNode json(Read read) {
        if (read.body().length > LARGEST_ANSWER) {
            throw notOurs("more than %d MiB".formatted(LARGEST_ANSWER >> 20));
        }
        try {
            return JSON.readTree(read.body());
        } catch (IOException noJson) {
            throw notOurs("what is no JSON");
        }
    }

    private ServiceFault notOurs(String what) {
        return new ServiceFault("what answers at %s is no Prescale service: %s".formatted(address, what));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
