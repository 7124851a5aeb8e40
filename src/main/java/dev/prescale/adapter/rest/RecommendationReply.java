package dev.prescale.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.prescale.control.Recommendation;
import dev.prescale.scaling.Reason;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A {@code WorkloadRecommendationReply} of {@code datadog.autoscaling.kubernetes}, in the JSON of protobuf. Its readers refuse every
 * other field.
 *
 * @param error why there is none; then nothing else is there
 * @param timestamp time of the decision
 * @param reason its trail in words
 */
@Schema(name = "WorkloadRecommendationReply")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecommendationReply(
        @Nullable Failure error,
        @Nullable Instant timestamp,
        @Nullable Integer targetReplicas,
        @Nullable Integer lowerBoundReplicas,
        @Nullable Integer upperBoundReplicas,
        @Nullable List<ObservedTarget> observedTargets,
        @Nullable String reason) {
    private static final int LONGEST_REASON = 1_000;

    /** @param code the HTTP status that says the same */
    @Schema(name = "WorkloadRecommendationError")
    record Failure(int code, String message) {}

    /** @param targetValue the number that {@code GET .../metric} gives */
    @Schema(name = "ObservedTarget")
    record ObservedTarget(String type, double targetValue) {}

    static RecommendationReply ofFailure(int code, String message) {
        return new RecommendationReply(new Failure(code, message), null, null, null, null, null, null);
    }

    /** @param limited the same within the limits of whoever asked */
    static RecommendationReply of(
            Recommendation.Given given, Recommendation.Given limited, List<ObservedTarget> observed) {
        return new RecommendationReply(
                null,
                given.decision().at(),
                limited.replicas(),
                limited.lower(),
                limited.upper(),
                observed,
                reason(given, limited));
    }

    private static String reason(Recommendation.Given given, Recommendation.Given limited) {
        String trail = given.decision().decision().trail().stream()
                .map(Reason::message)
                .collect(Collectors.joining("; "));
        String limit = given.replicas() == limited.replicas()
                ? ""
                : "; %d within the constraints of the request".formatted(limited.replicas());
        String reason = "%d replicas for %s: %s%s"
                .formatted(given.replicas(), given.decision().endpoint(), trail, limit);
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON - 1) + "…";
    }
}
