package dev.prescale.adapter.transport.guard;

import dev.prescale.adapter.transport.GrpcRequests;
import dev.prescale.adapter.transport.OpenPaths;
import dev.prescale.adapter.transport.PlainProblem;
import dev.prescale.config.AddressBlock;
import dev.prescale.config.ClientRules;
import dev.prescale.config.Settings;
import io.github.bucket4j.TimeMeter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much one client gets: requests, tries of tokens, streams of events, large bodies. Probes and scrapes are not counted, and gRPC has bounds of its
 * own.
 */
@Singleton
class ClientBudgets {
    /** After the headers, before everything that costs more. */
    private static final int FIRST = 1_500;

    /** Seconds of requests that may come at once. */
    private static final int BURST_SECONDS = 5;

    /** Tokens that are nobody's; then as many in a minute: who shares an address with a client that has a stale token still gets through. */
    private static final int FAILED_TRIES = 60;

    private static final Duration TRIES_PERIOD = Duration.ofMinutes(1);

    /** Of one client, of all kinds together; a team behind one proxy is one client. */
    private static final int MOST_STREAMS = 96;

    /** In bytes; what is larger, or does not say, is taken for as large as can be: some 40 MB once it is read. */
    private static final long LARGE = 256 << 10;

    /** At a time; half of them of one client. */
    private static final int MOST_LARGE_BODIES = 16;

    /** Of which HTTP/2 need not say how long it is. */
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private static final Duration RETRY_STREAM = Duration.ofSeconds(30);

    private final Optional<ClientBuckets> requests;
    private final ClientBuckets failedTries;
    private final OpenAnswers streams = new OpenAnswers(MOST_STREAMS, Integer.MAX_VALUE);
    private final OpenAnswers largeBodies = new OpenAnswers(MOST_LARGE_BODIES / 2, MOST_LARGE_BODIES);
    private final List<AddressBlock> trustedProxies;

    ClientBudgets(Settings settings) {
        ClientRules rules = settings.clients();
        this.trustedProxies = rules.trustedProxies();
        this.requests = rules.requestsPerSecond()
                .map(most -> new ClientBuckets(
                        (long) most * BURST_SECONDS, most, Duration.ofSeconds(1), TimeMeter.SYSTEM_NANOTIME));
        this.failedTries = new ClientBuckets(FAILED_TRIES, FAILED_TRIES, TRIES_PERIOD, TimeMeter.SYSTEM_NANOTIME);
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        if (GrpcRequests.isOne(request) || OpenPaths.isProbe(path)) {
            context.next();
            return;
        }
        String client = ClientAddress.of(request.remoteAddress().hostAddress(), forwardedFor(request), trustedProxies);
        if (requests.isPresent() && !requests.get().take(client)) {
            refuse(request, requests.get().wait(client), "There are too many requests from this address.");
        } else if (showsCredentials(request) && !failedTries.wait(client).isZero()) {
            refuse(request, failedTries.wait(client), "Too many tokens from this address were not valid.");
        } else if (isStream(request, path) && !begin(streams, context, client)) {
            refuse(
                    request,
                    RETRY_STREAM,
                    "This address has %d streams of events open already.".formatted(MOST_STREAMS));
        } else if (isLarge(request) && !begin(largeBodies, context, client)) {
            refuse(request, Duration.ZERO, "Too many large bodies are being read.");
        } else {
            watchCredentials(context, client);
            context.next();
        }
    }

    /** It counts until the answer has ended, or the connection has. */
    private static boolean begin(OpenAnswers answers, RoutingContext context, String client) {
        boolean hasBegun = answers.begin(client);
        if (hasBegun) {
            context.addEndHandler(ended -> answers.end(client));
        }
        return hasBegun;
    }

    private void watchCredentials(RoutingContext context, String client) {
        if (showsCredentials(context.request())) {
            context.addHeadersEndHandler(ready -> {
                if (context.response().getStatusCode() == 401) {
                    failedTries.take(client);
                }
            });
        }
    }

    /** All such headers as one: each proxy may have added its own. */
    private @Nullable String forwardedFor(HttpServerRequest request) {
        return trustedProxies.isEmpty()
                ? null
                : String.join(",", request.headers().getAll("x-forwarded-for"));
    }

    private static boolean isLarge(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                        || request.version() == HttpVersion.HTTP_2 && WITH_BODY.contains(request.method())
                : Long.parseLong(length) > LARGE;
    }

    private static boolean showsCredentials(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.AUTHORIZATION);
    }

    private static boolean isStream(HttpServerRequest request, String path) {
        return path.endsWith("/events") && request.method().equals(HttpMethod.GET);
    }

    private static void refuse(HttpServerRequest request, Duration wait, String sentence) {
        long seconds = Math.ceilDiv(wait.toMillis(), 1_000L);
        request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds)));
        PlainProblem.send(request, 429, sentence);
    }
}
