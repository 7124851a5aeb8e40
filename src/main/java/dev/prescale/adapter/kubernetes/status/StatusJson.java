package dev.prescale.adapter.kubernetes.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A status as it stands in a resource. Times have whole seconds, as everywhere in Kubernetes. */
final class StatusJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StatusJson() {}

    static Map<String, Object> write(EndpointStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("observedGeneration", status.observedGeneration());
        put(json, "mode", status.mode());
        put(json, "currentReplicas", status.currentReplicas());
        put(json, "readyReplicas", status.readyReplicas());
        put(json, "recommendedReplicas", status.recommendedReplicas());
        put(json, "gate", status.gate());
        put(json, "nextPeak", peak(status.nextPeak()));
        put(json, "lastDecision", decision(status.lastDecision()));
        json.put(
                "conditions",
                status.conditions().stream().map(StatusJson::condition).toList());
        return json;
    }

    private static @Nullable Map<String, Object> peak(EndpointStatus.@Nullable Peak peak) {
        if (peak == null) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", time(peak.at()));
        put(json, "requestRate", peak.requestRate());
        json.put("replicas", peak.replicas());
        return json;
    }

    private static @Nullable Map<String, Object> decision(EndpointStatus.@Nullable Decision decision) {
        if (decision == null) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", time(decision.at()));
        json.put("fromReplicas", decision.fromReplicas());
        json.put("toReplicas", decision.toReplicas());
        put(json, "reason", decision.reason());
        put(json, "sentence", decision.sentence());
        json.put("acted", decision.acted());
        put(json, "notActedReason", decision.notActedReason());
        return json;
    }

    private static Map<String, Object> condition(StatusCondition condition) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", condition.type());
        json.put("status", condition.status());
        json.put("observedGeneration", condition.observedGeneration());
        json.put("lastTransitionTime", time(condition.since()));
        json.put("reason", condition.reason());
        json.put("message", condition.message());
        return json;
    }

    /** What is ours in the status of a resource; what is not there or cannot be read is left out, as if nobody had written it. */
    static EndpointStatus read(@Nullable Object status) {
        JsonNode json = MAPPER.valueToTree(status);
        if (json == null || !json.isObject()) {
            return EndpointStatus.NONE;
        }
        List<StatusCondition> conditions = new ArrayList<>();
        for (JsonNode node : json.path("conditions")) {
            if (StatusCondition.OURS.contains(node.path("type").asText())) {
                conditions.add(readCondition(node));
            }
        }
        return new EndpointStatus(
                json.path("observedGeneration").asLong(),
                text(json.path("mode")),
                number(json.path("currentReplicas")),
                number(json.path("readyReplicas")),
                number(json.path("recommendedReplicas")),
                text(json.path("gate")),
                readPeak(json.path("nextPeak")),
                readDecision(json.path("lastDecision")),
                conditions);
    }

    private static StatusCondition readCondition(JsonNode json) {
        return new StatusCondition(
                json.path("type").asText(),
                json.path("status").asText(),
                json.path("reason").asText(),
                json.path("message").asText(),
                json.path("observedGeneration").asLong(),
                instant(json.path("lastTransitionTime")));
    }

    private static EndpointStatus.@Nullable Peak readPeak(JsonNode json) {
        JsonNode rate = json.path("requestRate");
        return json.isObject()
                ? new EndpointStatus.Peak(
                        instant(json.path("at")),
                        rate.isNumber() ? rate.doubleValue() : null,
                        json.path("replicas").asInt())
                : null;
    }

    private static EndpointStatus.@Nullable Decision readDecision(JsonNode json) {
        return json.isObject()
                ? new EndpointStatus.Decision(
                        instant(json.path("at")),
                        json.path("fromReplicas").asInt(),
                        json.path("toReplicas").asInt(),
                        json.path("reason").asText(),
                        json.path("sentence").asText(),
                        json.path("acted").asBoolean(),
                        json.path("notActedReason").asText())
                : null;
    }

    private static @Nullable String text(JsonNode json) {
        return json.isTextual() ? json.textValue() : null;
    }

    private static @Nullable Integer number(JsonNode json) {
        return json.isInt() ? json.intValue() : null;
    }

    private static Instant instant(JsonNode json) {
        try {
            return OffsetDateTime.parse(json.asText()).toInstant();
        } catch (DateTimeException unreadable) {
            return Instant.EPOCH;
        }
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            json.put(name, value);
        }
    }
}
