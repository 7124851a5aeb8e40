package dev.prescale.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Problems that come before the resources: a body announced as too large, and a path that nobody serves. Bodies that come
 * without a length are bounded where they are read ({@link BoundedBody}).
 */
@ApplicationScoped
class RequestLimits {
    private static final int BEFORE_ALL_ROUTES = 1_000;
    private static final long LONGEST_DISCARD_MILLIS = 10_000;

    private final ObjectMapper json;

    RequestLimits(ObjectMapper json) {
        this.json = json;
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseTooLarge, BEFORE_ALL_ROUTES);
    }

    void registerLast(@Observes Router router) {
        router.route().last().handler(this::refuseUnknownPath);
    }

    private void refuseUnknownPath(RoutingContext context) {
        send(context, Problem.ofStatus(404, ProblemMappers.NOTHING_HERE));
    }

    private void refuseTooLarge(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        int most = SampleResource.PATH.equals(request.path()) ? SampleResource.MOST_BYTES : JsonBody.MOST_BYTES;
        if (length == null || Long.parseLong(length) <= most) {
            context.next();
            return;
        }
        // Whatever of the body is still to come must not be read as the next request.
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        context.response().endHandler(sent -> request.connection().close());
        Problem problem = BoundedBody.tooLarge(most);
        boolean waitsForLeave = request.headers().contains(HttpHeaders.EXPECT);
        if (waitsForLeave) {
            send(context, problem);
        } else {
            sendAfterBody(context, problem);
        }
    }

    /**
     * Most clients send all of a body before they read an answer; closing on them shows as a reset connection and not as
     * 413. So the body is thrown away first, up to a bound in bytes and time.
     */
    private void sendAfterBody(RoutingContext context, Problem problem) {
        HttpServerRequest request = context.request();
        long timer = context.vertx().setTimer(LONGEST_DISCARD_MILLIS, expired -> send(context, problem));
        request.handler(chunk -> {
            if (request.bytesRead() > BoundedBody.MOST_BYTES_DISCARDED) {
                context.vertx().cancelTimer(timer);
                send(context, problem);
            }
        });
        request.endHandler(end -> {
            context.vertx().cancelTimer(timer);
            send(context, problem);
        });
        request.exceptionHandler(gone -> context.vertx().cancelTimer(timer));
        request.resume();
    }

    private void send(RoutingContext context, Problem problem) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(written(problem));
    }

    private String written(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A problem could not be written", impossible);
        }
    }
}
