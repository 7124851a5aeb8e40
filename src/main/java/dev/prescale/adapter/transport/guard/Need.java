package dev.prescale.adapter.transport.guard;

import dev.prescale.adapter.transport.OpenPaths;
import java.util.Set;

/** What a request needs where callers must prove who they are. What is not named here changes something, or will one day. */
enum Need {
    /** Probes, scrapes, the files of the page, which asks for a token itself, and the description of the API. */
    NOTHING,
    /** Anybody who is known: reads, and computations that leave nothing behind. */
    CALLER,
    /** The same, or a client certificate: KEDA can show that and cannot send a token. */
    CALLER_OR_CERTIFICATE,
    OPERATOR;

    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<String> COMPUTATIONS = Set.of(
            "/api/v1/forecast", "/api/v1/preview", "/api/v1/recommendation", "/api/v1/specifications/validation");

    /** @param path normalized */
    static Need of(String method, String path) {
        if (path.startsWith("/grpc.health.v1.Health/")) {
            return NOTHING;
        }
        if (path.startsWith("/externalscaler.ExternalScaler/")
                || path.startsWith("/grpc.reflection.v1.ServerReflection/")
                || path.startsWith("/grpc.reflection.v1alpha.ServerReflection/")) {
            return CALLER_OR_CERTIFICATE;
        }
        if (READS.contains(method)) {
            boolean isOpen = OpenPaths.isProbe(path) || OpenPaths.isPage(path) || OpenPaths.isDescription(path);
            return isOpen ? NOTHING : CALLER;
        }
        return method.equals("POST") && COMPUTATIONS.contains(path) ? CALLER : OPERATOR;
    }
}
