package dev.prescale.adapter.transport.guard;

import dev.prescale.adapter.transport.GrpcRequests;
import dev.prescale.adapter.transport.OpenPaths;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** The headers of every answer but those of gRPC. They are there before anybody answers, who may set another value. */
@Singleton
class SecurityHeaders {
    private static final int BEFORE_ALL = 2_000;

    /** Nothing from elsewhere, no code or style within the page; uPlot sets styles by script, which is allowed. */
    private static final String PAGE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** An answer that a browser takes for a page has nothing to load. */
    private static final String API = "default-src 'none'; frame-ancestors 'none'";

    /** Its start is a script within its page, and its style too. */
    private static final String SWAGGER_UI = "default-src 'none'; script-src 'self' 'unsafe-inline';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String POLICY = "Content-Security-Policy";
    private static final String NO_SNIFFING = "X-Content-Type-Options";
    private static final String PERMISSIONS =
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";
    private static final String TWO_YEARS = "max-age=63072000";

    void register(@Observes Filters filters) {
        filters.register(SecurityHeaders::add, BEFORE_ALL);
    }

    private static void add(RoutingContext context) {
        if (!GrpcRequests.isOne(context.request())) {
            addTo(
                    context.response().headers(),
                    context.normalizedPath(),
                    context.request().isSSL());
            context.addHeadersEndHandler(ready -> {
                setCaching(context.response().headers());
                keepOwnPolicy(context.response().headers());
            });
        }
        context.next();
    }

    /** To an answer that is given before this was asked. */
    static void addMissing(HttpServerRequest request) {
        MultiMap headers = request.response().headers();
        if (!headers.contains(NO_SNIFFING)) {
            addTo(headers, "", request.isSSL());
            setCaching(headers);
        }
    }

    static void addTo(MultiMap headers, String path, boolean isOverTls) {
        boolean isPage = OpenPaths.isPage(path);
        headers.set(POLICY, isPage ? PAGE : OpenPaths.isSwaggerUi(path) ? SWAGGER_UI : API)
                .set(NO_SNIFFING, "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Referrer-Policy", "no-referrer")
                .set("Permissions-Policy", PERMISSIONS)
                .set("Cross-Origin-Opener-Policy", "same-origin")
                .set("Cross-Origin-Resource-Policy", "same-origin");
        if (isPage) {
            // an upgrade must not meet an old page in a cache
            headers.set(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
        if (isOverTls) {
            headers.set("Strict-Transport-Security", TWO_YEARS);
        }
    }

    /** What is live is not kept, unless it has a tag by which it can be asked for again. */
    private static void setCaching(MultiMap headers) {
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, headers.contains(HttpHeaders.ETAG) ? "no-cache" : "no-store");
        }
    }

    /** Of two policies a browser obeys both: one that an answer brings along, as a report does, stands in place of ours. */
    private static void keepOwnPolicy(MultiMap headers) {
        List<String> policies = headers.getAll(POLICY);
        if (policies.size() > 1) {
            headers.set(POLICY, policies.getLast());
        }
    }
}
