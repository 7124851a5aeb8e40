package dev.prescale.adapter.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A resource as the document that it would be in a file: without what the API server adds, and without its status. */
final class SpecDocument {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String OUR_PREFIX = "prescale.dev/";
    private static final String STATUS = "status";

    private SpecDocument() {}

    static ObjectNode of(GenericKubernetesResource resource) {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("apiVersion", resource.getApiVersion());
        document.put("kind", resource.getKind());
        ObjectMeta metadata = resource.getMetadata();
        ObjectNode named = document.putObject("metadata");
        named.put("name", metadata.getName());
        named.put("namespace", metadata.getNamespace());
        put(named, "labels", metadata.getLabels());
        put(named, "annotations", metadata.getAnnotations());
        resource.getAdditionalProperties().forEach((name, value) -> {
            if (!name.equals(STATUS)) {
                document.set(name, MAPPER.valueToTree(value));
            }
        });
        return document;
    }

    static ObjectNode withoutForeign(ObjectNode document) {
        ObjectNode own = document.deepCopy();
        if (own.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("labels");
            if (metadata.get("annotations") instanceof ObjectNode annotations) {
                annotations.retain(fieldsOf(annotations));
                if (annotations.isEmpty()) {
                    metadata.remove("annotations");
                }
            }
        }
        return own;
    }

    private static List<String> fieldsOf(ObjectNode annotations) {
        return annotations.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> name.startsWith(OUR_PREFIX))
                .toList();
    }

    private static void put(ObjectNode metadata, String name, @Nullable Map<String, String> entries) {
        if (entries != null && !entries.isEmpty()) {
            metadata.set(name, MAPPER.valueToTree(entries));
        }
    }
}
