package dev.prescale.adapter.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.prescale.control.DecisionRecord;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A decision of an endpoint: the object of {@code POST /preview} and the circumstances.
 *
 * @param acted whether it was carried out
 * @param notActedReason why not, null where it was
 * @param requestRate the load it was made on, null where unknown
 * @param loadUnit what that is counted in: `req/s` or `busyReplicas`
 */
@Schema(name = "JournalledDecision")
record JournalledDecision(
        Instant at,
        String endpoint,
        String mode,
        boolean acted,
        @Nullable String notActedReason,
        @Nullable Double requestRate,
        String loadUnit,
        int readyReplicas,
        @JsonUnwrapped DecisionBody decision) {
    /** @param loadUnit that of the specification in force */
    static JournalledDecision of(DecisionRecord decision, String loadUnit) {
        return new JournalledDecision(
                decision.at(),
                decision.endpoint().toString(),
                decision.mode().wireName(),
                decision.acted(),
                decision.notActedReason().isEmpty() ? null : decision.notActedReason(),
                Wire.finiteOrNull(decision.requestRate()),
                loadUnit,
                decision.readyReplicas(),
                DecisionBody.of(decision.decision()));
    }
}
