package dev.prescale.adapter.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A decision as the API tells it. Of a newer service there may be more in it, which is read over.
 *
 * @param acted whether it was carried out
 * @param notActedReason why not, null where it was
 * @param requestRate the rate it was made on in req/s, null where unknown
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
        int readyReplicas,
        int replicas,
        int currentReplicas,
        List<Asked> proposals,
        int recommended,
        List<Cause> trail) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

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
     */
    public record Asked(
            String rule,
            @Nullable Integer replicas,
            @Nullable String reason) {}

    /**
     * One entry of the trail.
     *
     * @param from replicas before the rule spoke
     * @param to replicas after it spoke
     */
    public record Cause(String code, String rule, int from, int to, String message) {}

    /** @throws ServiceFault where it is no decision */
    public static ToldDecision of(JsonNode json) {
        try {
            return JSON.treeToValue(json, ToldDecision.class);
        } catch (JsonProcessingException | IllegalArgumentException other) {
            throw new ServiceFault("the service tells a decision in a way that this version does not know", other);
        }
    }
}
