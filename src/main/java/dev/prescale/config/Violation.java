package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One fault of an input.
 *
 * @param path where, for example {@code spec.capacity.perReplica.requestRate} or {@code values[17]}; empty for the whole
 * @param value the bad value: text, number or boolean; text of an object or array, shortened; null where it is missing
 * @param message what is allowed, readable after the path: {@code must be a number from 0 to 1}
 */
public record Violation(String path, @Nullable Object value, String message) {
    private static final int LONGEST_SHOWN = 120;

    static Violation of(String path, @Nullable JsonNode value, String message) {
        return new Violation(shortened(path), shown(value), message);
    }

    private static @Nullable Object shown(@Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isNumber()) {
            Number number = value.numberValue();
            // JSON has no word for an infinite number, and a number of a thousand digits helps nobody.
            return Double.isFinite(number.doubleValue()) && value.asText().length() <= LONGEST_SHOWN
                    ? number
                    : shortened(value.asText());
        }
        return value.isBoolean() ? (Object) value.booleanValue() : shortened(textOf(value));
    }

    private static String textOf(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }

    /** {@code spec.minReplicas must be a whole number from 0 to 100000, was -3}. */
    @Override
    public String toString() {
        String subject = path.isEmpty() ? "input" : path;
        return value == null ? subject + " " + message : subject + " " + message + ", was " + value;
    }
}
