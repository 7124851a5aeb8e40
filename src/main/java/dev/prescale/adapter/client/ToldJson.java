package dev.prescale.adapter.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Reads what a service tells. Of a newer service there may be more in it, which is read over. */
final class ToldJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private ToldJson() {}

    /**
     * @param what it should be, for a person
     * @throws ServiceFault where it is none
     */
    static <T> T read(JsonNode json, Class<T> type, String what) {
        try {
            return JSON.treeToValue(json, type);
        } catch (JsonProcessingException | IllegalArgumentException other) {
            throw new ServiceFault(
                    "the service tells %s in a way that this version does not know".formatted(what), other);
        }
    }
}
