package dev.prescale.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.config.Violations;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@code WorkloadRecommendationRequest} that is looked at. Fields that are not known are read over: newer controllers
 * may send more.
 *
 * <p>As protobuf writes JSON, 0 and empty text are left out, null is the same as that, and whole numbers may come as text.
 *
 * @param namespace of the workload
 * @param target its {@code apiVersion} may be empty: the controller need not know it
 * @param endpoint {@code settings.endpoint}, null where the target is to be looked for
 * @param minReplicas 0 for no lower limit
 * @param maxReplicas {@link Integer#MAX_VALUE} for no upper limit
 * @param targetTypes what is asked after beside the replicas
 */
record RecommendationRequest(
        String namespace,
        ScaleTargetRef target,
        @Nullable String endpoint,
        int minReplicas,
        int maxReplicas,
        List<String> targetTypes) {
    private static final int MOST_TARGETS = 100;
    private static final int LONGEST_TEXT = 253;
    private static final String ENDPOINT = "endpoint";

    RecommendationRequest {
        targetTypes = List.copyOf(targetTypes);
    }

    /** {@code Deployment chat}. */
    String workload() {
        return target.kind() + " " + target.name();
    }

    /** The message as the documentation of the API shows it; what may be null may be left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "WorkloadRecommendationRequest")
    record Shape(
            TargetRef targetRef,
            @Nullable Constraints constraints,
            @Nullable List<Target> targets,
            @Nullable Settings settings) {}

    /** @param apiVersion empty for any */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "WorkloadTargetRef")
    record TargetRef(String namespace, String kind, String name, String apiVersion) {}

    /** 0 or left out is no limit. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "WorkloadRecommendationConstraints")
    record Constraints(int minReplicas, int maxReplicas) {}

    /** @param type {@code demand} and {@code replicas} are answered in {@code observedTargets} */
    @Schema(name = "WorkloadRecommendationTarget")
    record Target(String type) {}

    /** @param endpoint name of the endpoint in the namespace of the target; by default the one that has that target */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "WorkloadRecommendationSettings")
    record Settings(@Nullable String endpoint) {}

    /** Reads a message and records every fault; what is returned counts only where there is none. */
    static RecommendationRequest read(JsonNode body, Violations violations) {
        JsonNode targetRef = object(body, "targetRef", violations);
        JsonNode constraints = object(body, "constraints", violations);
        JsonNode settings = object(body, "settings", violations);
        settings.properties().stream()
                .filter(entry -> !entry.getKey().equals(ENDPOINT))
                .forEach(entry -> violations.add(
                        "settings." + entry.getKey(), entry.getValue(), "is not a known setting; there is endpoint"));
        String endpoint = text(settings, "settings.", ENDPOINT, violations);
        int least = replicas(constraints, "minReplicas", violations);
        int most = replicas(constraints, "maxReplicas", violations);
        if (most > 0 && least > most) {
            violations.add(
                    "constraints.minReplicas",
                    constraints.get("minReplicas"),
                    "must be at most maxReplicas, which is " + most);
        }
        boolean isTargetNeeded = endpoint.isEmpty();
        return new RecommendationRequest(
                required(targetRef, "namespace", true, violations),
                new ScaleTargetRef(
                        text(targetRef, "targetRef.", "apiVersion", violations),
                        required(targetRef, "kind", isTargetNeeded, violations),
                        required(targetRef, "name", isTargetNeeded, violations)),
                endpoint.isEmpty() ? null : endpoint,
                least,
                most == 0 ? Integer.MAX_VALUE : most,
                types(body, violations));
    }

    private static List<String> types(JsonNode body, Violations violations) {
        JsonNode targets = body.path("targets");
        boolean isLeftOut = targets.isMissingNode() || targets.isNull();
        if (!isLeftOut && (!targets.isArray() || targets.size() > MOST_TARGETS)) {
            violations.add("targets", targets, "must be a list of at most %d targets".formatted(MOST_TARGETS));
            return List.of();
        }
        List<String> types = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            types.add(text(targets.get(i), "targets[%d].".formatted(i), "type", violations));
        }
        return types;
    }

    private static JsonNode object(JsonNode body, String name, Violations violations) {
        JsonNode value = body.path(name);
        if (!value.isObject() && !value.isMissingNode() && !value.isNull()) {
            violations.add(name, value, "must be an object");
        }
        return value;
    }

    private static String required(JsonNode targetRef, String name, boolean isNeeded, Violations violations) {
        String value = text(targetRef, "targetRef.", name, violations);
        if (isNeeded && value.isEmpty()) {
            violations.add("targetRef." + name, null, "is required");
        }
        return value;
    }

    private static String text(JsonNode parent, String prefix, String name, Violations violations) {
        JsonNode value = parent.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual() || value.textValue().length() > LONGEST_TEXT) {
            violations.add(prefix + name, value, "must be text of at most %d characters".formatted(LONGEST_TEXT));
            return "";
        }
        return value.textValue();
    }

    private static int replicas(JsonNode constraints, String name, Violations violations) {
        JsonNode value = constraints.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        double number = value.isNumber() || value.isTextual() ? value.asDouble(-1) : -1;
        if (number < 0 || number > Integer.MAX_VALUE || number != Math.rint(number)) {
            violations.add(
                    "constraints." + name, value, "must be a whole number from 0 to %d".formatted(Integer.MAX_VALUE));
            return 0;
        }
        return (int) number;
    }
}
