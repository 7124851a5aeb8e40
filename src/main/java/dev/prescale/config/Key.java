package dev.prescale.config;

import org.jspecify.annotations.Nullable;

/**
 * A key with one value. A {@code null} in the input is the same as leaving the key out.
 *
 * @param isRequired whether leaving it out is a fault
 * @param fallback what holds where it is left out, null where that means "none"
 */
public record Key<T>(
        String name,
        ValueType<T> type,
        boolean isRequired,
        @Nullable T fallback,
        String meaning) implements SchemaKey {
    public static <T> Key<T> required(String name, ValueType<T> type, String meaning) {
        return new Key<>(name, type, true, null, meaning);
    }

    public static <T> Key<T> optional(String name, ValueType<T> type, String meaning) {
        return new Key<>(name, type, false, null, meaning);
    }

    public static <T> Key<T> withDefault(String name, ValueType<T> type, T fallback, String meaning) {
        return new Key<>(name, type, false, fallback, meaning);
    }
}
