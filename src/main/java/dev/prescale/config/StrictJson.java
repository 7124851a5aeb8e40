package dev.prescale.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Parses a JSON body: duplicate keys, text after the end, deep nesting and everything else that is no JSON are faults with
 * line and column. How large a body may be is the business of whoever receives it.
 */
public final class StrictJson {
    private static final int DEEPEST_NESTING = 32;
    private static final int LONGEST_TEXT = 100_000;
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST_NESTING)
                            .maxStringLength(LONGEST_TEXT)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    public static ReadResult<JsonNode> parse(String text) {
        try {
            return read(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            return refused(e);
        }
    }

    /** Reads the stream to its end; throws what the stream throws. */
    public static ReadResult<JsonNode> parse(InputStream body) throws IOException {
        try {
            return read(MAPPER.readTree(body));
        } catch (JsonProcessingException e) {
            return refused(e);
        }
    }

    private static ReadResult<JsonNode> read(JsonNode node) {
        return node.isMissingNode()
                ? new ReadResult.Invalid<>(List.of(new Violation("", null, "must be a JSON object, but is empty")))
                : new ReadResult.Valid<>(node);
    }

    private static ReadResult<JsonNode> refused(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
        String message = "is not valid JSON%s: %s".formatted(where, Violation.shortened(e.getOriginalMessage()));
        return new ReadResult.Invalid<>(List.of(new Violation("", null, message)));
    }
}
