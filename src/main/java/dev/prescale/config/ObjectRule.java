package dev.prescale.config;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A relation of the keys of an object that the API server checks in a custom resource. The reader of the object checks it too, in any
 * document; where the two have the same sentence, the reader takes it from here.
 */
public sealed interface ObjectRule {
    /**
     * Checked by a CEL expression, which sees keys that have one type.
     *
     * @param expression true where the rule holds; {@code self} is the object, and what is {@code null} is not there
     * @param message what is demanded, readable after a path: {@code must be ...}
     * @param at path of the fault inside the object, {@code .minReplicas}; empty for the object itself
     */
    record Checked(String expression, String message, String at) implements ObjectRule {}

    /** The object has one key and no more; for keys that CEL does not see. */
    record OneKeyOnly() implements ObjectRule {}

    /** At least one of the keys is there; for keys that CEL does not see. */
    record AnyOf(List<String> names) implements ObjectRule {
        public AnyOf {
            names = List.copyOf(names);
        }
    }

    static Checked of(String expression, String message) {
        return new Checked(expression, message, "");
    }

    /** A rule whose fault is the value of a key. */
    static Checked at(SchemaKey key, String expression, String message) {
        return new Checked(expression, message, "." + key.name());
    }

    /** Of keys with one type each. */
    static Checked exactlyOneOf(String message, SchemaKey... keys) {
        String given =
                Stream.of(keys).map(key -> "has(self.%s)".formatted(key.name())).collect(Collectors.joining(", "));
        return of("[%s].exists_one(given, given)".formatted(given), message);
    }

    /** No two objects of the list have the same value of a key. */
    static Checked different(SchemaKey.ObjectListKey list, SchemaKey key, String message) {
        return at(
                list,
                "!has(self.%1$s) || self.%1$s.all(one, self.%1$s.exists_one(other, other.%2$s == one.%2$s))"
                        .formatted(list.name(), key.name()),
                message);
    }
}
