package dev.prescale.adapter.transport.guard;

import dev.prescale.adapter.transport.GrpcRequests;
import dev.prescale.adapter.transport.PlainProblem;
import io.grpc.Status;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/** What the frame refuses before a resource is found, as problems too. Faults of ours go on to who logs them. */
@Singleton
class RefusedRequests {
    private static final int CLIENT_FAULTS = 400;
    private static final int SERVER_FAULTS = 500;

    private static final Map<Integer, String> SENTENCES = Map.of(
            404, "There is nothing at this path; GET /q/openapi lists what there is.",
            405, "This path does not know this method.",
            413, "The body is too large.",
            416, "There is no such part of this file.");

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(RefusedRequests::answer);
    }

    private static void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        int status = context.statusCode();
        if (context.failure() instanceof AuthenticationFailedException
                || context.failure() instanceof UnauthorizedException) {
            Challenge.send(request);
        } else if (context.failure() instanceof ForbiddenException) {
            forbid(request);
        } else if (status >= CLIENT_FAULTS && status < SERVER_FAULTS) {
            // some are refused before any filter has seen them
            SecurityHeaders.addMissing(request);
            PlainProblem.send(request, status, SENTENCES.getOrDefault(status, "The request cannot be understood."));
        } else {
            context.next();
        }
    }

    private static void forbid(HttpServerRequest request) {
        String sentence = "This needs the role %s, which the bearer of this token does not have."
                .formatted(Role.OPERATOR.wireName());
        if (GrpcRequests.isOne(request)) {
            GrpcRequests.refuse(request, Status.Code.PERMISSION_DENIED, sentence);
        } else {
            PlainProblem.send(request, 403, sentence);
        }
    }
}
