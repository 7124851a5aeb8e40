package dev.prescale.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;

/** The CustomResourceDefinition of {@code PredictiveAutoscaler}, made of the schema that specifications are read with. */
public final class CustomResourceSchema {
    private static final int LINE_WIDTH = 140;

    private CustomResourceSchema() {}

    /** As YAML, ready to be applied to a cluster; the same text every time. */
    public static String yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setWidth(LINE_WIDTH);
        options.setDereferenceAliases(true);
        return "# Printed by prescale crd.\n" + new Yaml(options).dump(definition());
    }

    /** The same as JSON, its last line ended. */
    public static String json() {
        return new ObjectMapper().valueToTree(definition()).toPrettyString() + "\n";
    }

    private static Map<String, Object> definition() {
        Map<String, Object> names = ordered(
                "kind",
                CustomResource.KIND,
                "listKind",
                CustomResource.KIND + "List",
                "plural",
                CustomResource.PLURAL,
                "singular",
                "predictiveautoscaler",
                "shortNames",
                List.of("pas"));
        Map<String, Object> version = ordered(
                "name",
                CustomResource.VERSION,
                "served",
                true,
                "storage",
                true,
                "subresources",
                Map.of("status", Map.of()),
                "additionalPrinterColumns",
                columns(),
                "schema",
                Map.of("openAPIV3Schema", document()));
        return ordered(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "CustomResourceDefinition",
                "metadata",
                Map.of("name", CustomResource.PLURAL + "." + CustomResource.GROUP),
                "spec",
                ordered(
                        "group",
                        CustomResource.GROUP,
                        "names",
                        names,
                        "scope",
                        "Namespaced",
                        "versions",
                        List.of(version)));
    }

    private static Map<String, Object> document() {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (SchemaKey key : SpecReader.DOCUMENT.keys()) {
            if (key == MetadataReader.METADATA) {
                // the API server has a schema of its own for it
                properties.put(key.name(), Map.of("type", "object"));
            } else {
                properties.put(key.name(), ResourceSchema.property(key, key.isRequired(), false));
                required.add(key.name());
            }
        }
        properties.put("status", StatusSchema.schema());
        return ordered(
                "description",
                "An endpoint that Prescale scales before the traffic arrives: what is scaled, by what, within which bounds.",
                "type",
                "object",
                "required",
                required,
                "properties",
                properties);
    }

    private static List<Object> columns() {
        return List.of(
                column("Mode", "string", ".status.mode", 0),
                column("Current", "integer", ".status.currentReplicas", 0),
                column("Recommended", "integer", ".status.recommendedReplicas", 0),
                // not a date, of which kubectl shows the age: this one lies ahead
                column("Next Peak", "string", ".status.nextPeak.at", 0),
                column("Gate", "string", ".status.gate", 0),
                column("Target", "string", ".spec.scaleTargetRef.name", 1),
                column("Ready", "string", condition("Ready"), 1),
                column("Acting", "string", condition("Acting"), 1),
                column("Age", "date", ".metadata.creationTimestamp", 0));
    }

    private static String condition(String type) {
        return ".status.conditions[?(@.type==\"%s\")].reason".formatted(type);
    }

    /** @param priority 0 is always shown, 1 with {@code kubectl get -o wide} */
    private static Object column(String name, String type, String path, int priority) {
        return ordered("name", name, "type", type, "jsonPath", path, "priority", priority);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
