package dev.prescale.adapter.transport.guard;

import dev.prescale.config.Settings;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Lets in who has what a request needs; everybody, where callers need not prove who they are. Without a name it is asked of every request. */
@Singleton
class CallerPolicy implements HttpSecurityPolicy {
    private final boolean isOn;

    CallerPolicy(Settings settings) {
        this.isOn = settings.access().isOn();
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext context, Uni<SecurityIdentity> identity, AuthorizationRequestContext unused) {
        if (!isOn) {
            return CheckResult.permit();
        }
        return switch (Need.of(context.request().method().name(), context.normalizedPath())) {
            case NOTHING -> CheckResult.permit();
            case CALLER -> identity.map(caller -> result(!caller.isAnonymous()));
            case CALLER_OR_CERTIFICATE ->
                hasCertificate(context.request().sslSession())
                        ? CheckResult.permit()
                        : identity.map(caller -> result(!caller.isAnonymous()));
            case OPERATOR ->
                identity.map(caller -> result(!caller.isAnonymous() && caller.hasRole(Role.OPERATOR.wireName())));
        };
    }

    private static CheckResult result(boolean isPermitted) {
        return isPermitted ? CheckResult.PERMIT : CheckResult.DENY;
    }

    private static boolean hasCertificate(@Nullable SSLSession session) {
        try {
            return session != null && session.getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException without) {
            return false;
        }
    }
}
