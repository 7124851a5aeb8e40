package dev.prescale.adapter.transport.guard;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a browser sends a request on behalf of another site. The rule of Go 1.25's {@code net/http.CrossOriginProtection}, which needs no
 * tokens within pages:
 *
 * <ol>
 *   <li>GET, HEAD and OPTIONS change nothing and pass.
 *   <li>{@code Sec-Fetch-Site}, which all browsers send since 2023 and no page can set, decides where it is there: {@code same-origin}
 *       and {@code none} pass, others only from a trusted origin.
 *   <li>Else {@code Origin}, where it is there, must name the host that was asked, or be trusted.
 *   <li>A request with neither is no browser's, and passes.
 * </ol>
 *
 * @param trustedOrigins in lower case
 * @see <a href="https://pkg.go.dev/net/http#CrossOriginProtection">net/http.CrossOriginProtection</a>
 */
record CrossSiteRule(List<String> trustedOrigins) {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    /** @param host of the request, with its port where it has one */
    boolean permits(String method, @Nullable String fetchSite, @Nullable String origin, @Nullable String host) {
        if (SAFE.contains(method)) {
            return true;
        }
        boolean isTrusted = origin != null && trustedOrigins.contains(origin.toLowerCase(Locale.ROOT));
        if (fetchSite != null) {
            return OWN.contains(fetchSite) || isTrusted;
        }
        return origin == null || isTrusted || isOf(origin, host);
    }

    private static boolean isOf(String origin, @Nullable String host) {
        int end = origin.indexOf("://");
        return end > 0 && host != null && origin.substring(end + 3).equalsIgnoreCase(host);
    }
}
