package dev.prescale.adapter.transport;

import dev.prescale.config.Settings;
import dev.prescale.config.TlsServer;
import io.grpc.Status;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * What is answered on which port. Where there is a certificate, the port without TLS is for probes and scrapes inside the pod; where gRPC
 * has a port of its own, it is answered there and nowhere else.
 */
@Singleton
class PortRules {
    /** Before anybody is asked who they are. */
    private static final int FIRST = 1_000;

    private final Optional<TlsServer> tls;
    private final GrpcPort grpc;

    PortRules(Settings settings, GrpcPort grpc) {
        this.tls = settings.tls();
        this.grpc = grpc;
    }

    void register(@Observes Filters filters) {
        if (tls.isPresent() || grpc.isWanted()) {
            filters.register(this::check, FIRST);
        }
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean isGrpc = GrpcRequests.isOne(request);
        if (isGrpc && grpc.isWanted() && !grpc.isPortOf(request)) {
            GrpcRequests.refuse(
                    request,
                    Status.Code.UNIMPLEMENTED,
                    "gRPC is answered on its own port, PRESCALE_GRPC_PORT, and not on this one.");
        } else if (tls.isPresent()
                && tls.get().isOnly()
                && !request.isSSL()
                && !OpenPaths.isProbe(context.normalizedPath())) {
            refuse(context, isGrpc);
        } else {
            context.next();
        }
    }

    private static void refuse(RoutingContext context, boolean isGrpc) {
        String sentence = "This is answered over TLS only, on PRESCALE_TLS_PORT.";
        if (isGrpc) {
            GrpcRequests.refuse(context.request(), Status.Code.PERMISSION_DENIED, sentence);
        } else {
            PlainProblem.send(context.request(), 403, sentence);
        }
    }
}
