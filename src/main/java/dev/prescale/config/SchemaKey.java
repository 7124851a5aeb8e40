package dev.prescale.config;

/** A key that an object may have: a value, a list, a map, an object, or one that is known and refused. */
public sealed interface SchemaKey
        permits Key,
                SchemaKey.ListKey,
                SchemaKey.MapKey,
                SchemaKey.ObjectKey,
                SchemaKey.ObjectListKey,
                SchemaKey.FreeKey,
                SchemaKey.UnsupportedKey {
    String name();

    /** What it means, a sentence for the documentation. */
    String meaning();

    /** Whether leaving the key out is a fault. */
    default boolean isRequired() {
        return false;
    }

    /** A list of values, {@code quantiles: [0.5, 0.95]}; the same as empty where left out. */
    record ListKey<T>(String name, ValueType<T> entries, int mostEntries, String meaning) implements SchemaKey {}

    /** Names chosen by the user with a value each, {@code tags: {service: chat}}; the same as empty where left out. */
    record MapKey<T>(String name, ValueType<T> entries, int mostEntries, NullEntries nullEntries, String meaning)
            implements SchemaKey {}

    /** Whether an entry may be {@code null}, which is the same as leaving it out. */
    enum NullEntries {
        SKIPPED,
        REFUSED
    }

    /** An object inside the object. */
    record ObjectKey(String name, ObjectSchema schema, boolean isRequired, String meaning) implements SchemaKey {}

    /** A list of objects; the same as empty where left out. */
    record ObjectListKey(String name, ObjectSchema schema, int mostEntries, String meaning) implements SchemaKey {}

    /** A key whose form depends on its own content; its reader asks for the node. */
    record FreeKey(String name, String description, String meaning) implements SchemaKey {}

    /** A key of the product that this version does not do: refused, never ignored. */
    record UnsupportedKey(String name, String meaning) implements SchemaKey {}
}
