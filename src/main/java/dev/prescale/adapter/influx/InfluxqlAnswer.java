package dev.prescale.adapter.influx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"results": [{"series": [{"tags": {}, "columns": ["time", "total"], "values": [[0, 1]]}], "error": ""}]}}
 * token by token.
 */
final class InfluxqlAnswer {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST_REASON = 1_000;

    private final List<String> tagKeys;
    private final Row.Sink sink;

    InfluxqlAnswer(List<String> tagKeys, Row.Sink sink) {
        this.tagKeys = tagKeys;
        this.sink = sink;
    }

    void read(InputStream bytes) throws InfluxFault, IOException {
        boolean hasResults = false;
        try (JsonParser json = JSON.createParser(bytes)) {
            begin(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                JsonToken token = json.nextToken();
                switch (key) {
                    case "error" -> throw InfluxFault.ofStatement(json.getText());
                    case "results" -> {
                        begin(token, JsonToken.START_ARRAY);
                        while (json.nextToken() == JsonToken.START_OBJECT) {
                            readResult(json);
                        }
                        hasResults = true;
                    }
                    default -> json.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            // Its message quotes the answer.
            throw InfluxFault.unreadable("it is no JSON, or only half of it");
        }
        if (!hasResults) {
            throw InfluxFault.unreadable("it has no results");
        }
    }

    private void readResult(JsonParser json) throws InfluxFault, IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            switch (key) {
                // A missing database comes as HTTP 200 with this: it must not look like no data.
                case "error" -> throw InfluxFault.ofStatement(json.getText());
                case "partial" -> {
                    if (token == JsonToken.VALUE_TRUE) {
                        throw InfluxFault.refused("cut its answer short: its max-row-limit is too low");
                    }
                }
                case "series" -> {
                    begin(token, JsonToken.START_ARRAY);
                    if (sink == Row.Sink.NONE) {
                        json.skipChildren();
                        continue;
                    }
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        readSeries(json);
                    }
                }
                default -> json.skipChildren();
            }
        }
    }

    private void readSeries(JsonParser json) throws InfluxFault, IOException {
        Map<String, String> tags = new HashMap<>();
        // Kept until the series ends, because its tags may come after its values.
        List<TimedValue> values = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            switch (key) {
                case "tags" -> readTags(json, tags);
                case "values" -> {
                    begin(token, JsonToken.START_ARRAY);
                    while (json.nextToken() == JsonToken.START_ARRAY) {
                        readRow(json, values);
                    }
                }
                case "partial" -> {
                    if (token == JsonToken.VALUE_TRUE) {
                        throw InfluxFault.refused("cut its answer short: its max-row-limit is too low");
                    }
                }
                default -> json.skipChildren();
            }
        }
        List<String> tagSet =
                tagKeys.stream().map(key -> tags.getOrDefault(key, "")).toList();
        Row.Series series = new Row.Tags(Map.copyOf(tags));
        values.forEach(at -> sink.add(new Row(series, tagSet, at.epochSecond(), at.value())));
    }

    private record TimedValue(long epochSecond, double value) {}

    private static void readTags(JsonParser json, Map<String, String> tags) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            tags.put(key, json.getText());
        }
    }

    private static void readRow(JsonParser json, List<TimedValue> values) throws InfluxFault, IOException {
        begin(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
        long time = json.getLongValue();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            values.add(new TimedValue(time, json.getDoubleValue()));
        } else if (token != JsonToken.VALUE_NULL) {
            throw InfluxFault.unreadable("a value is no number");
        }
        if (json.nextToken() != JsonToken.END_ARRAY) {
            throw InfluxFault.refused("answered with more than a time and a value per row");
        }
    }

    private static void begin(@Nullable JsonToken token, JsonToken expected) throws InfluxFault {
        if (token != expected) {
            throw InfluxFault.unreadable("it is no answer to a query");
        }
    }

    /** The text of {@code {"error": ""}} or {@code {"message": ""}}, or the body as it is. */
    static String reasonIn(String body) {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String key = json.currentName();
                    json.nextToken();
                    if (key.equals("error") || key.equals("message")) {
                        return json.getText();
                    }
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            // No JSON: a proxy's page, for example.
        }
        return body.substring(0, Math.min(body.length(), LONGEST_REASON));
    }
}
