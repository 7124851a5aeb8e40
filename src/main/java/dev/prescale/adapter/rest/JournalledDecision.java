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
 * @param requestRate the rate it was made on in req/s, null where unknown
 */
@Schema(name = "JournalledDecision")
record JournalledDecision(
        Instant at,
        String endpoint,
        String mode,
        boolean acted,
        @Nullable String notActedReason,
        @Nullable Double requestRate,
        int readyReplicas,
        @JsonUnwrapped DecisionBody decision) {
    static JournalledDecision of(DecisionRecord decision) {
        return new JournalledDecision(
                decision.at(),
                decision.endpoint().toString(),
                decision.mode().wireName(),
                decision.acted(),
                decision.notActedReason().isEmpty() ? null : decision.notActedReason(),
                Wire.finiteOrNull(decision.requestRate()),
                decision.readyReplicas(),
                DecisionBody.of(decision.decision()));
    }
}
