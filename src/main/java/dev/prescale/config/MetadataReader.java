package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a specification is about: its name, what it scales, and what an operator holds. */
final class MetadataReader {
    private static final String PAUSED = PauseAnnotations.PAUSED;
    private static final List<String> OUR_ANNOTATIONS = List.of(
            PAUSED,
            PauseAnnotations.PAUSED_SCALE_IN,
            PauseAnnotations.BY,
            PauseAnnotations.AT,
            PauseAnnotations.REASON);
    private static final String OUR_PREFIX = "prescale.dev/";
    private static final int MOST_ANNOTATION_CHARACTERS = 262_144;

    static final Key<String> API_VERSION = Key.required(
            "apiVersion",
            ValueTypes.oneOf(Map.of(CustomResource.API_VERSION, CustomResource.API_VERSION)),
            "Group and version of the schema.");
    static final Key<String> KIND = Key.required(
            "kind", ValueTypes.oneOf(Map.of(CustomResource.KIND, CustomResource.KIND)), "Name of the schema.");
    static final ValueType<String> OBJECT_NAME = new ValueType<>(
            "a name of lower case letters, digits, - and ., up to 253 characters",
            "unnamed",
            node -> node.isTextual() && EndpointId.isValidName(node.textValue()) ? node.textValue() : null,
            name -> name,
            ValueShape.matching("^" + EndpointId.NAME_PATTERN + "$", 253));
    private static final Key<String> NAME = Key.required("name", OBJECT_NAME, "Name of the endpoint.");
    private static final Key<String> NAMESPACE =
            Key.withDefault("namespace", OBJECT_NAME, "default", "Namespace of the endpoint.");
    private static final ValueType<String> ANY_TEXT = new ValueType<>(
            "text of at most %d characters; write true in quotes".formatted(MOST_ANNOTATION_CHARACTERS),
            "",
            node -> node.isTextual() && node.textValue().length() <= MOST_ANNOTATION_CHARACTERS
                    ? node.textValue()
                    : null,
            text -> text,
            ValueShape.anyText(MOST_ANNOTATION_CHARACTERS));
    private static final SchemaKey.MapKey<String> LABELS =
            new SchemaKey.MapKey<>("labels", ANY_TEXT, 100, SchemaKey.NullEntries.REFUSED, "Not used by Prescale.");
    private static final SchemaKey.MapKey<String> ANNOTATIONS = new SchemaKey.MapKey<>(
            "annotations",
            ANY_TEXT,
            100,
            SchemaKey.NullEntries.REFUSED,
            "`%s: \"true\"` holds the replicas, `%s: \"true\"` holds scale-in only."
                    .formatted(PAUSED, PauseAnnotations.PAUSED_SCALE_IN));
    static final SchemaKey.ObjectKey METADATA = new SchemaKey.ObjectKey(
            "metadata", ObjectSchema.of(NAME, NAMESPACE, LABELS, ANNOTATIONS), true, "Who it is, as in Kubernetes.");

    private static final Key<String> TARGET_API_VERSION =
            Key.withDefault("apiVersion", ValueTypes.text(253), "apps/v1", "Group and version of the workload.");
    private static final Key<String> TARGET_KIND =
            Key.withDefault("kind", ValueTypes.text(63), "Deployment", "Kind of the workload.");
    private static final Key<String> TARGET_NAME = Key.required("name", OBJECT_NAME, "Name of the workload.");
    static final SchemaKey.ObjectKey SCALE_TARGET_REF = new SchemaKey.ObjectKey(
            "scaleTargetRef",
            ObjectSchema.of(TARGET_API_VERSION, TARGET_KIND, TARGET_NAME),
            false,
            "Anything with a scale subresource; needed everywhere but in a preview.");

    private MetadataReader() {}

    record Metadata(EndpointId id, Pausing pausing) {}

    /** @param root reader of the whole document */
    static Metadata read(ObjectReader root) {
        root.get(API_VERSION);
        root.get(KIND);
        return readMetadata(root.object(METADATA));
    }

    /** @param metadata reader of {@link #METADATA} alone */
    static Metadata readMetadata(ObjectReader metadata) {
        EndpointId id = new EndpointId(metadata.get(NAMESPACE), metadata.get(NAME));
        metadata.map(LABELS);
        Map<String, String> annotations = metadata.map(ANNOTATIONS);
        refuseUnknownAnnotations(metadata, annotations);
        return new Metadata(
                id,
                new Pausing(
                        flag(metadata, annotations, PAUSED),
                        flag(metadata, annotations, PauseAnnotations.PAUSED_SCALE_IN),
                        PauseAnnotations.note(annotations)));
    }

    /** Who a document is about, whatever else is wrong with it; null where that cannot be told. */
    static @Nullable EndpointId idOf(JsonNode document) {
        ObjectReader metadata =
                ObjectReader.of(document.path(METADATA.name()), METADATA.schema(), "", new Violations());
        String name = metadata.find(NAME);
        String namespace = metadata.find(NAMESPACE);
        return name == null || namespace == null ? null : new EndpointId(namespace, name);
    }

    static ScaleTargetRef scaleTargetRef(ObjectReader spec) {
        ObjectReader target = spec.object(SCALE_TARGET_REF);
        return new ScaleTargetRef(target.get(TARGET_API_VERSION), target.get(TARGET_KIND), target.get(TARGET_NAME));
    }

    /** Annotations of others are none of our business; a mistyped one of ours would silently not pause. */
    private static void refuseUnknownAnnotations(ObjectReader metadata, Map<String, String> annotations) {
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            if (annotation.getKey().startsWith(OUR_PREFIX) && !OUR_ANNOTATIONS.contains(annotation.getKey())) {
                metadata.violations()
                        .add(new Violation(
                                pathOf(metadata, annotation.getKey()),
                                annotation.getValue(),
                                "is not a known annotation; known are " + String.join(", ", OUR_ANNOTATIONS)));
            }
        }
    }

    private static boolean flag(ObjectReader metadata, Map<String, String> annotations, String name) {
        String value = annotations.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            metadata.violations()
                    .add(new Violation(pathOf(metadata, name), value, "must be \"true\" or \"false\", in quotes"));
        }
        return value.equals("true");
    }

    private static String pathOf(ObjectReader metadata, String annotation) {
        return metadata.pathOf(ANNOTATIONS.name()) + "." + annotation;
    }
}
