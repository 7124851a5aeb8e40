package dev.prescale.adapter.kubernetes.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code status} of a resource; {@link dev.prescale.config.CustomResourceSchema} describes each part. What is not known is null, and
 * left out.
 */
record EndpointStatus(
        long observedGeneration,
        @Nullable String mode,
        @Nullable Integer currentReplicas,
        @Nullable Integer readyReplicas,
        @Nullable Integer recommendedReplicas,
        @Nullable String gate,
        @Nullable Peak nextPeak,
        @Nullable Decision lastDecision,
        List<StatusCondition> conditions) {
    /** Of a resource that nobody has written a status for. */
    static final EndpointStatus NONE = new EndpointStatus(0, null, null, null, null, null, null, null, List.of());

    EndpointStatus {
        conditions = List.copyOf(conditions);
    }

    /** @param requestRate req/s, null where the capacity counts work */
    record Peak(Instant at, @Nullable Double requestRate, int replicas) {}

    /**
     * A decision in a line.
     *
     * @param reason code of the last reason of its trail, empty where it has none
     * @param notActedReason empty where it was carried out
     */
    record Decision(
            Instant at,
            int fromReplicas,
            int toReplicas,
            String reason,
            String sentence,
            boolean acted,
            String notActedReason) {
        boolean changesSomething() {
            return fromReplicas != toReplicas;
        }

        /** Whether it decides the same for the same reason, with the same success. */
        boolean isLike(@Nullable Decision other) {
            return other != null
                    && fromReplicas == other.fromReplicas
                    && toReplicas == other.toReplicas
                    && reason.equals(other.reason)
                    && acted == other.acted;
        }
    }

    Optional<StatusCondition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    EndpointStatus with(List<StatusCondition> others, @Nullable Decision decision) {
        return new EndpointStatus(
                observedGeneration,
                mode,
                currentReplicas,
                readyReplicas,
                recommendedReplicas,
                gate,
                nextPeak,
                decision,
                others);
    }
}
