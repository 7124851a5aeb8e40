package dev.prescale.adapter.transport.guard;

import dev.prescale.adapter.transport.GrpcRequests;
import dev.prescale.adapter.transport.OpenPaths;
import dev.prescale.adapter.transport.PlainProblem;
import dev.prescale.config.Settings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What pages of others, and careless clients, must not get done. */
@Singleton
class BrowserRules {
    /** After the budgets, and before anybody is asked who they are. */
    private static final int BEFORE_IDENTITY = 900;

    /** What is in an address ends up in logs and histories. */
    private static final Pattern TOKEN_IN_QUERY = Pattern.compile("(?i)(^|[?&])(access_token|token|authorization)=");

    private final CrossSiteRule crossSite;
    private final List<String> allowedHosts;

    BrowserRules(Settings settings) {
        this.crossSite = new CrossSiteRule(settings.clients().trustedOrigins());
        this.allowedHosts = settings.clients().allowedHosts();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_IDENTITY);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String query = request.query();
        if (!allowsHost(context)) {
            PlainProblem.send(request, 421, "This name is not one of PRESCALE_ALLOWED_HOSTS.");
        } else if (query != null && TOKEN_IN_QUERY.matcher(query).find()) {
            PlainProblem.send(
                    request, 400, "A token must not stand in the address; it is taken from the header Authorization.");
        } else if (!crossSite.permits(
                request.method().name(),
                request.getHeader("sec-fetch-site"),
                request.getHeader("origin"),
                text(request.authority()))) {
            PlainProblem.send(
                    request,
                    403,
                    "A page of another site must not change anything here; PRESCALE_TRUSTED_ORIGINS names those that may.");
        } else {
            context.next();
        }
    }

    private boolean allowsHost(RoutingContext context) {
        if (allowedHosts.isEmpty()
                || GrpcRequests.isOne(context.request())
                || OpenPaths.isProbe(context.normalizedPath())) {
            return true;
        }
        HostAndPort asked = context.request().authority();
        return asked != null && allowedHosts.contains(asked.host().toLowerCase(Locale.ROOT));
    }

    private static @Nullable String text(@Nullable HostAndPort asked) {
        return asked == null ? null : asked.port() < 0 ? asked.host() : asked.host() + ":" + asked.port();
    }
}
