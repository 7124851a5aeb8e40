package dev.prescale.config;

import java.util.List;
import java.util.Optional;

/** The keys that an object may have, in the order of the documentation. Everything else in it is a fault. */
public record ObjectSchema(List<SchemaKey> keys) {
    public ObjectSchema {
        keys = List.copyOf(keys);
    }

    public static ObjectSchema of(SchemaKey... keys) {
        return new ObjectSchema(List.of(keys));
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
