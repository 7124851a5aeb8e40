package dev.prescale.adapter.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.config.ReadResult;
import dev.prescale.config.StrictJson;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A JSON request body as a tree, read strictly. */
final class JsonBody {
    /** Room for the largest request that is allowed: 100,000 values of 20 digits are 2 MB. */
    static final int MOST_BYTES = 4 << 20;

    private JsonBody() {}

    /** Reads the body; a 400 problem names line and column of a fault, a 413 problem the bound. */
    static JsonNode read(InputStream body, HttpHeaders headers) {
        return read(body, headers, MOST_BYTES);
    }

    /** The same with a tighter bound. */
    static JsonNode read(InputStream body, HttpHeaders headers, int mostBytes) {
        return parse(BoundedBody.read(body, headers, mostBytes));
    }

    /** A body that has been read. */
    static JsonNode parse(byte[] bytes) {
        try {
            return switch (StrictJson.parse(new ByteArrayInputStream(bytes))) {
                case ReadResult.Valid<JsonNode> valid -> valid.value();
                case ReadResult.Invalid<JsonNode> invalid ->
                    throw ProblemException.ofStatus(
                            400, "The body " + invalid.violations().getFirst().message());
            };
        } catch (IOException undecodable) {
            throw ProblemException.ofStatus(400, "The body is not valid JSON: its characters cannot be decoded.");
        }
    }
}
