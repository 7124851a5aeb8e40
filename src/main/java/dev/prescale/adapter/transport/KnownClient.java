package dev.prescale.adapter.transport;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The rule for gRPC where tokens are asked for: KEDA can send none, but it can show a certificate, which the handshake has checked; others
 * send a token.
 */
@Singleton
class KnownClient implements HttpSecurityPolicy {
    private static final String NAME = "known-client";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        return hasCertificate(request.request().sslSession())
                ? CheckResult.permit()
                : identity.map(known -> known.isAnonymous() ? CheckResult.DENY : CheckResult.PERMIT);
    }

    private static boolean hasCertificate(@Nullable SSLSession session) {
        try {
            return session != null && session.getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException without) {
            return false;
        }
    }
}
