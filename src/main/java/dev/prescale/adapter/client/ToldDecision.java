package dev.prescale.adapter.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A decision as the API tells it. Of a newer service there may be more in it, which is read over.
 *
 * @param acted whether it was carried out
 * @param notActedReason why not, null where it was
 * @param requestRate the load it was made on, null where unknown
 * @param loadUnit what that is counted in: {@code req/s} or {@code busyReplicas}; null is req/s
 * @param readyReplicas serving at that time
 * @param replicas what the workload shall have
 * @param currentReplicas what it had
 * @param recommended what the rules asked for together, before limits
 */
public record ToldDecision(
        Instant at,
        String endpoint,
        String mode,
        boolean acted,
        @Nullable String notActedReason,
        @Nullable Double requestRate,
        @Nullable String loadUnit,
        int readyReplicas,
        int replicas,
        int currentReplicas,
        List<Asked> proposals,
        int recommended,
        List<Cause> trail) {
    public ToldDecision {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(mode, "mode");
        proposals = List.copyOf(proposals);
        trail = List.copyOf(trail);
    }

    /**
     * What one rule asked for.
     *
     * @param replicas null where it gave no number
     * @param reason why it gave none, null where it did
     * @param message the same in a sentence, null where there is none
     */
    public record Asked(
            String rule,
            @Nullable Integer replicas,
            @Nullable String reason,
            @Nullable String message) {}

    /**
     * One entry of the trail.
     *
     * @param from replicas before the rule spoke
     * @param to replicas after it spoke
     */
    public record Cause(String code, String rule, int from, int to, String message) {}

    /** @throws ServiceFault where it is no decision */
    public static ToldDecision of(JsonNode json) {
        return ToldJson.read(json, ToldDecision.class, "a decision");
    }
}
