package dev.prescale.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema of the custom resource's {@code status}, which Prescale alone writes. What is not known is left out, never 0. */
final class StatusSchema {
    private StatusSchema() {}

    static Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("observedGeneration", wholeNumber("Generation of the specification that this status is about."));
        properties.put("mode", text("What decisions do: spec.mode, or its default."));
        properties.put("currentReplicas", wholeNumber("Replicas that the workload is asked to have."));
        properties.put("readyReplicas", wholeNumber("Replicas that serve."));
        properties.put("recommendedReplicas", wholeNumber("Replicas that the rules ask for, before limits."));
        properties.put("gate", text("Whether the forecast sizes replicas: Trusted or Distrusted."));
        properties.put("nextPeak", nextPeak());
        properties.put("lastDecision", lastDecision());
        properties.put("conditions", conditions());
        return object("What Prescale last saw and decided. Written on change only.", properties);
    }

    private static Map<String, Object> nextPeak() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("at", time("Begin of the step with the largest median."));
        properties.put("requestRate", typed("number", "Median in req/s; left out where the capacity counts work."));
        properties.put("replicas", wholeNumber("Replicas that this median needs, within the bounds."));
        return object("The largest median of the forecast within the next day.", properties);
    }

    private static Map<String, Object> lastDecision() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("at", time("When this was decided first; later cycles that decide the same do not move it."));
        properties.put("fromReplicas", wholeNumber("Replicas before."));
        properties.put("toReplicas", wholeNumber("Replicas wanted."));
        properties.put("reason", text("Code of the last reason of the trail, docs/decision.md explains each."));
        properties.put("sentence", text("That reason in words."));
        properties.put("acted", typed("boolean", "Whether it was carried out."));
        properties.put("notActedReason", text("Why not; left out where it was."));
        return object("The last decision that differs from the one before it.", properties);
    }

    private static Map<String, Object> conditions() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", text("Ready, HistoryAvailable, ForecastTrusted, Acting or Conflict."));
        properties.put("status", with(text("True, False or Unknown."), "enum", List.of("True", "False", "Unknown")));
        properties.put("observedGeneration", wholeNumber("Generation of the specification that this is about."));
        properties.put("lastTransitionTime", time("When the status of the condition last changed."));
        properties.put("reason", with(text("Why, in one word."), "maxLength", 1_024));
        properties.put("message", with(text("Why, in a sentence."), "maxLength", 32_768));
        Map<String, Object> condition = object("One aspect of the endpoint.", properties);
        condition.put("required", List.of("type", "status", "lastTransitionTime", "reason", "message"));
        Map<String, Object> list = typed(
                "array",
                "Ready: the specification is valid and its workload can be seen. HistoryAvailable: there is a present request rate."
                        + " ForecastTrusted: the forecast sizes replicas. Acting: decisions change the workload. Conflict: somebody"
                        + " else wants to scale it.");
        list.put("x-kubernetes-list-type", "map");
        list.put("x-kubernetes-list-map-keys", List.of("type"));
        list.put("items", condition);
        return list;
    }

    private static Map<String, Object> object(String description, Map<String, Object> properties) {
        return with(typed("object", description), "properties", properties);
    }

    private static Map<String, Object> text(String description) {
        return typed("string", description);
    }

    private static Map<String, Object> time(String description) {
        return with(text(description), "format", "date-time");
    }

    private static Map<String, Object> wholeNumber(String description) {
        return typed("integer", description);
    }

    private static Map<String, Object> typed(String type, String description) {
        return with(with(new LinkedHashMap<>(), "description", description), "type", type);
    }

    private static Map<String, Object> with(Map<String, Object> schema, String keyword, Object value) {
        schema.put(keyword, value);
        return schema;
    }
}
