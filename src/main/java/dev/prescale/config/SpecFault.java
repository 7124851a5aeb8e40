package dev.prescale.config;

import dev.prescale.control.EndpointId;
import org.jspecify.annotations.Nullable;

/**
 * A fault of a specification file.
 *
 * @param file name of the file, of the folder where that cannot be read, or of a resource
 * @param document which of the file's documents, 1 for the first; 0 where it is the file as a whole
 * @param line of the file, null where not known
 */
public record SpecFault(String file, int document, @Nullable Integer line, Violation violation) {
    /** A fault of a resource of the cluster. */
    public static SpecFault ofResource(EndpointId endpoint, Violation violation) {
        return new SpecFault("PredictiveAutoscaler " + endpoint, 0, null, violation);
    }

    /** {@code chat.yaml, document 1, line 7: spec.minReplicas must be ..., was -3}. */
    @Override
    public String toString() {
        String inDocument = document == 0 ? "" : ", document " + document;
        String atLine = line == null ? "" : ", line " + line;
        return "%s%s%s: %s".formatted(file, inDocument, atLine, violation);
    }

    /** As compilers write it, so that editors find the line: {@code chat.yaml:7: spec.minReplicas: must be ..., was -3}. */
    public String atLine() {
        String where = line == null ? file : file + ":" + line;
        Object value = violation.value();
        return "%s: %s%s%s"
                .formatted(
                        where,
                        violation.path().isEmpty() ? "" : violation.path() + ": ",
                        violation.message(),
                        value == null ? "" : ", was " + value);
    }
}
