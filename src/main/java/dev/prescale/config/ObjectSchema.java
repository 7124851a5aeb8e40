package dev.prescale.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys that an object may have, in the order of the documentation. Everything else in it is a fault.
 *
 * @param needed keys that an endpoint needs though other inputs may leave them out
 * @param rules relations of the keys that the API server checks in a custom resource
 */
public record ObjectSchema(List<SchemaKey> keys, List<SchemaKey> needed, List<ObjectRule> rules) {
    public ObjectSchema {
        keys = List.copyOf(keys);
        needed = List.copyOf(needed);
        rules = List.copyOf(rules);
    }

    public ObjectSchema(List<SchemaKey> keys) {
        this(keys, List.of(), List.of());
    }

    public static ObjectSchema of(SchemaKey... keys) {
        return new ObjectSchema(List.of(keys));
    }

    ObjectSchema needing(SchemaKey... names) {
        return new ObjectSchema(keys, List.of(names), rules);
    }

    ObjectSchema where(ObjectRule... more) {
        return new ObjectSchema(
                keys, needed, Stream.concat(rules.stream(), Stream.of(more)).toList());
    }

    Optional<SchemaKey> find(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    boolean has(SchemaKey key) {
        return keys.stream().anyMatch(known -> known == key);
    }

    List<String> names() {
        return keys.stream().map(SchemaKey::name).toList();
    }
}
