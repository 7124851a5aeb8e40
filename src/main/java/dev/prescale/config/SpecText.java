package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The specifications in one YAML or JSON text.
 *
 * @param documents one entry per document, in order
 */
public record SpecText(List<Document> documents) {
    public SpecText {
        documents = List.copyOf(documents);
    }

    /**
     * One document.
     *
     * @param number 1 for the first
     * @param id who it is about, null where that cannot be told
     * @param nameLine line of its name, null where not known
     * @param text of it alone
     * @param spec null where it has faults
     * @param faults empty where it has a specification
     */
    public record Document(
            int number,
            @Nullable EndpointId id,
            @Nullable Integer nameLine,
            String text,
            @Nullable EndpointSpec spec,
            List<SpecFault> faults) {
        public Document {
            faults = List.copyOf(faults);
        }
    }

    /** Reads every document; a faulty one does not spoil the others. */
    public static SpecText read(String fileName, String text) {
        List<Document> documents = new ArrayList<>();
        for (YamlDocument yaml : YamlText.documents(text)) {
            documents.add(
                    switch (yaml.content()) {
                        case ReadResult.Invalid<JsonNode> broken -> faulty(fileName, yaml, null, broken.violations());
                        case ReadResult.Valid<JsonNode> tree -> document(fileName, yaml, tree.value());
                    });
        }
        return new SpecText(documents);
    }

    /** A document as YAML text. */
    public static String written(JsonNode document) {
        return YamlText.written(document);
    }

    /** The faults of all documents. */
    public List<SpecFault> faults() {
        return documents.stream()
                .flatMap(document -> document.faults().stream())
                .toList();
    }

    private static Document document(String fileName, YamlDocument yaml, JsonNode tree) {
        return switch (SpecReader.readEndpoint(tree)) {
            case ReadResult.Valid<EndpointSpec> valid ->
                new Document(yaml.number(), valid.value().id(), nameLine(yaml), yaml.text(), valid.value(), List.of());
            case ReadResult.Invalid<EndpointSpec> invalid ->
                faulty(fileName, yaml, MetadataReader.idOf(tree), invalid.violations());
        };
    }

    private static Document faulty(
            String fileName, YamlDocument yaml, @Nullable EndpointId id, List<Violation> violations) {
        List<SpecFault> faults = violations.stream()
                .map(violation -> new SpecFault(fileName, yaml.number(), line(yaml, violation.path()), violation))
                .toList();
        return new Document(yaml.number(), id, nameLine(yaml), "", null, faults);
    }

    private static @Nullable Integer nameLine(YamlDocument yaml) {
        return line(yaml, "metadata.name");
    }

    private static @Nullable Integer line(YamlDocument yaml, String path) {
        Optional<Integer> line = yaml.lineOf(path);
        return line.isPresent() ? line.get() : null;
    }
}
