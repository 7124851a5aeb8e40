package dev.prescale.adapter.rest;

import dev.prescale.config.SpecFault;
import dev.prescale.config.SpecText;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a specification text.
 *
 * @param endpoint whose specification it is; null where that cannot be told, or where the text is of several
 */
@Schema(name = "SpecificationValidation")
record SpecificationValidation(
        boolean valid, List<Fault> faults, @Nullable String endpoint) {
    /** More help nobody. */
    static final int MOST_FAULTS = 200;

    private static final String NOTHING = "must have a specification, is empty";

    static SpecificationValidation of(String text) {
        SpecText read = SpecText.read("specification", text);
        List<Fault> faults = read.documents().isEmpty()
                ? List.of(new Fault(1, "", null, NOTHING))
                : read.faults().stream().limit(MOST_FAULTS).map(Fault::of).toList();
        String endpoint = Optional.of(read.documents())
                .filter(documents -> documents.size() == 1)
                .map(documents -> documents.getFirst().id())
                .map(Object::toString)
                .orElse(null);
        return new SpecificationValidation(faults.isEmpty(), faults, endpoint);
    }

    /**
     * @param line of the text, counted from 1; null where not known
     * @param path of the key; empty for the text as a whole
     * @param value the bad value; null where it is missing
     * @param message what is allowed, readable after the path
     */
    @Schema(name = "SpecificationFault")
    record Fault(
            @Nullable Integer line, String path, @Nullable Object value, String message) {
        private static Fault of(SpecFault fault) {
            return new Fault(
                    fault.line(),
                    fault.violation().path(),
                    fault.violation().value(),
                    fault.violation().message());
        }
    }
}
