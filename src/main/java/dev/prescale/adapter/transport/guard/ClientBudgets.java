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
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How much one client gets: requests, tries of tokens, streams of events. Probes and scrapes are not counted, and gRPC has bounds of its
 * own.
 */
@Singleton
class ClientBudgets {
    /** After the headers, before everything that costs more. */
    private static final int FIRST = 1_500;

    /** Seconds of requests that may come at once. */
    private static final int BURST_SECONDS = 5;

    /** Tokens that are nobody's; then as many in a minute. */
    private static final int FAILED_TRIES = 20;

    private static final Duration TRIES_PERIOD = Duration.ofMinutes(1);

    private final Optional<ClientBuckets> requests;
    private final ClientBuckets failedTries;
    private final OpenAnswers streams = new OpenAnswers();
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
        String client = ClientAddress.of(
                request.remoteAddress().hostAddress(), request.getHeader("x-forwarded-for"), trustedProxies);
        if (requests.isPresent() && !requests.get().take(client)) {
            refuse(request, requests.get().wait(client), "There are too many requests from this address.");
        } else if (showsCredentials(request) && !failedTries.wait(client).isZero()) {
            refuse(request, failedTries.wait(client), "Too many tokens from this address were not valid.");
        } else if (isStream(request, path) && !streams.begin(client)) {
            refuse(
                    request,
                    Duration.ofSeconds(30),
                    "This address has %d streams of events open already.".formatted(OpenAnswers.MOST));
        } else {
            watch(context, path, client);
            context.next();
        }
    }

    private void watch(RoutingContext context, String path, String client) {
        if (isStream(context.request(), path)) {
            context.addEndHandler(ended -> streams.end(client));
        }
        if (showsCredentials(context.request())) {
            context.addHeadersEndHandler(ready -> {
                if (context.response().getStatusCode() == 401) {
                    failedTries.take(client);
                }
            });
        }
    }

    private static boolean showsCredentials(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.AUTHORIZATION);
    }

    private static boolean isStream(HttpServerRequest request, String path) {
        return path.endsWith("/events") && request.method().name().equals("GET");
    }

    private static void refuse(HttpServerRequest request, Duration wait, String sentence) {
        request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds() + 1)));
        PlainProblem.send(request, 429, sentence);
    }
}
