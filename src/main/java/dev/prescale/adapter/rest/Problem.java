package dev.prescale.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.prescale.config.Violation;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A fault as RFC 9457 tells it.
 *
 * @param type {@code about:blank} where the status says it all, else a {@code urn:prescale:problem:...} name
 * @param violations every fault of the input, empty (and left out) for other problems
 */
@Schema(description = "A fault (RFC 9457). Faults of the input are all listed in `violations`.")
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> violations) {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:prescale:problem:";
    private static final int UNPROCESSABLE = 422;

    Problem {
        violations = List.copyOf(violations);
    }

    /** A problem that its status explains. */
    static Problem ofStatus(int status, String detail) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known != null ? known.getReasonPhrase() : "Status " + status;
        return new Problem("about:blank", title, status, detail, List.of());
    }

    /** Input that was understood and is not allowed. */
    static Problem ofInvalidInput(List<Violation> violations) {
        String count = violations.size() == 1 ? "1 fault" : violations.size() + " faults";
        String detail = count + "; the first: " + violations.getFirst();
        return new Problem(TYPE_PREFIX + "InvalidInput", "InvalidInput", UNPROCESSABLE, detail, violations);
    }

    /** A series without a single sample: nothing can be said, and nothing is not zero. */
    static Problem ofNoData(List<Violation> violations) {
        String detail = "There is no sample to forecast from.";
        return new Problem(TYPE_PREFIX + "NoData", "NoData", UNPROCESSABLE, detail, violations);
    }

    /** Lines of which some could not be stored. */
    static Problem ofBadLines(String detail, List<Violation> violations) {
        return new Problem(TYPE_PREFIX + "BadLines", "BadLines", 400, detail, violations);
    }
}
