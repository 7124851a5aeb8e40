package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A type of value that a key may have. One description serves messages ({@code must be <description>}) and
 * documentation, so the two cannot differ.
 *
 * @param description what is allowed, for example {@code a whole number from 1 to 15}
 * @param standIn a valid value that is used in place of one that could not be read, so that reading can go on to the next
 *     fault; it never gets out, because an input with a fault has no result
 * @param parser the value of a node, null where the node is not of this type
 * @param format a value as it is written in a specification
 * @param shape what of it the custom resource's schema says
 */
public record ValueType<T>(
        String description,
        T standIn,
        Function<JsonNode, @Nullable T> parser,
        Function<T, String> format,
        ValueShape shape) {
    /** A type that no custom resource has. */
    public ValueType(
            String description, T standIn, Function<JsonNode, @Nullable T> parser, Function<T, String> format) {
        this(description, standIn, parser, format, ValueShape.ANY);
    }

    /** Like this type, but only what passes the condition. */
    public ValueType<T> onlyIf(Predicate<T> condition, String description) {
        return new ValueType<>(
                description,
                standIn,
                node -> {
                    T value = parser.apply(node);
                    return value != null && condition.test(value) ? value : null;
                },
                format,
                shape);
    }

    /** This type with another shape: of a condition it may say more. */
    ValueType<T> shaped(ValueShape other) {
        return new ValueType<>(description, standIn, parser, format, other);
    }

    /** This type as another one, told apart by nothing but its form in the program. */
    public <U> ValueType<U> map(Function<T, U> to, Function<U, T> back) {
        return new ValueType<>(
                description,
                to.apply(standIn),
                node -> {
                    T value = parser.apply(node);
                    return value == null ? null : to.apply(value);
                },
                value -> format.apply(back.apply(value)),
                shape);
    }

    String refusal() {
        return "must be " + description;
    }
}
