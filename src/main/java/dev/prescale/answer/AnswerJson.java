package dev.prescale.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Answers as JSON the way the API writes them: instants and durations in ISO-8601. */
public final class AnswerJson {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);

    private AnswerJson() {}

    /** On one line. */
    public static String text(Object answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("an answer cannot be written", fault);
        }
    }

    public static JsonNode tree(Object answer) {
        return JSON.valueToTree(answer);
    }
}
