package dev.prescale.adapter.externalmetrics;

import java.util.Map;

/**
 * A request that is not answered, in the words of Kubernetes' API: what {@code kubectl} prints, and what an HPA puts into its
 * conditions.
 */
final class ApiFault extends RuntimeException {
    private final int code;
    private final String reason;

    private ApiFault(int code, String reason, String sentence) {
        super(sentence, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    /** An object of the kind {@code Status}. */
    record Status(
            String kind,
            String apiVersion,
            Map<String, String> metadata,
            String status,
            String message,
            String reason,
            int code) {}

    static ApiFault ofBadRequest(String sentence) {
        return new ApiFault(400, "BadRequest", sentence);
    }

    static ApiFault ofUnauthorized(String sentence) {
        return new ApiFault(401, "Unauthorized", sentence);
    }

    static ApiFault ofForbidden(String sentence) {
        return new ApiFault(403, "Forbidden", sentence);
    }

    static ApiFault ofNotFound(String path) {
        return new ApiFault(404, "NotFound", "There is nothing at %s.".formatted(path));
    }

    static ApiFault ofMethod(String sentence) {
        return new ApiFault(405, "MethodNotAllowed", sentence);
    }

    static ApiFault ofTooManyRequests() {
        return new ApiFault(429, "TooManyRequests", "More requests are being answered than may be at a time.");
    }

    static ApiFault ofOurs() {
        return new ApiFault(500, "InternalError", "A fault of ours; the log has more.");
    }

    static ApiFault ofUnavailable(String sentence) {
        return new ApiFault(503, "ServiceUnavailable", sentence);
    }

    int code() {
        return code;
    }

    Status status() {
        return new Status("Status", "v1", Map.of(), "Failure", String.valueOf(getMessage()), reason, code);
    }
}
