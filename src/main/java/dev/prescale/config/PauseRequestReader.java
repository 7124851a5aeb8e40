package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads the body of {@code POST /api/v1/endpoints/{namespace}/{name}/pause}. */
public final class PauseRequestReader {
    private static final int LONGEST_REASON = 500;

    private static final String DESCRIPTION = "text of 1 to %d characters in one line".formatted(LONGEST_REASON);

    private static final Key<String> REASON = Key.optional(
            "reason",
            ValueTypes.text(LONGEST_REASON)
                    .onlyIf(text -> text.chars().noneMatch(PauseRequestReader::breaksLines), DESCRIPTION),
            "Why, for whoever looks at the endpoint.");

    private static final ObjectSchema BODY = ObjectSchema.of(REASON);

    private PauseRequestReader() {}

    /** The reason, empty where none is given. */
    public static ReadResult<Optional<String>> read(JsonNode body) {
        Violations violations = new Violations();
        ObjectReader reader = ObjectReader.of(body, BODY, "", violations);
        Optional<String> reason = Optional.ofNullable(reader.find(REASON)).map(String::strip);
        return ReadResult.of(violations, () -> reason);
    }

    /** What could pass for another line of a log, or change how it reads. */
    private static boolean breaksLines(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
