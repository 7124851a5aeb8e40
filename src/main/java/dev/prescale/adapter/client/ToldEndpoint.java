package dev.prescale.adapter.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as the API tells it; what is not known is null. Of a newer service there may be more in it, which is read over.
 *
 * @param at time of its last cycle
 * @param requestRate in {@code loadUnit}
 * @param recommendedReplicas what the rules asked for, before limits
 */
public record ToldEndpoint(
        String namespace,
        String name,
        String mode,
        Instant at,
        @Nullable Double requestRate,
        History history,
        @Nullable Integer currentReplicas,
        @Nullable Integer readyReplicas,
        @Nullable Integer recommendedReplicas,
        int minReplicas,
        int maxReplicas,
        Gate gate,
        Duration leadTime,
        String loadUnit,
        @Nullable Demand leadTimeDemand,
        @Nullable Peak nextPeak,
        @Nullable Last lastDecision,
        List<String> warnings) {
    public ToldEndpoint {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(gate, "gate");
        warnings = List.copyOf(warnings);
    }

    /** @param state {@code Samples}, {@code Empty}, {@code Stale} or {@code Failed} */
    public record History(
            String state,
            @Nullable String message,
            @Nullable Instant observedUntil) {}

    /** @param state {@code Trusted} or {@code Distrusted} */
    public record Gate(
            String state,
            @Nullable Instant since,
            @Nullable Double loss,
            @Nullable String bestBaseline,
            @Nullable Double baselineLoss) {}

    /** The rate that replicas are sized for. */
    public record Demand(Duration window, double quantile, double rate, String source) {}

    /** The largest median within the next day. */
    public record Peak(Instant at, double rate) {}

    /** The last decision in a line. */
    public record Last(Instant at, String action, int replicas, boolean acted, String message) {}

    /** {@code shop/web}. */
    public String id() {
        return namespace + "/" + name;
    }

    /** Whether somebody should look at it. */
    public boolean needsALook() {
        return !warnings.isEmpty() || !history.state().equals("Samples");
    }

    /** @throws ServiceFault where it is no endpoint */
    public static ToldEndpoint of(JsonNode json) {
        return ToldJson.read(json, ToldEndpoint.class, "an endpoint");
    }
}
