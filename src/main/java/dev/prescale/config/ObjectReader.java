package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object of a JSON or YAML input strictly and to its end. A fault is recorded with its path and a stand-in is
 * returned, so that one reading names every fault; whoever builds the result asks {@link Violations#isEmpty} first.
 *
 * <p>Keys that are not in the schema are faults, and so are known ones that this version does not support.
 */
public final class ObjectReader {
    /** Said of what the product has but this version does not do. */
    public static final String NOT_SUPPORTED = "is not supported by this version";

    /** Said of what must not be left out. */
    static final String REQUIRED = "is required";

    private final JsonNode node;
    private final ObjectSchema schema;
    private final String path;
    private final Violations violations;

    private ObjectReader(JsonNode node, ObjectSchema schema, String path, Violations violations) {
        this.node = node;
        this.schema = schema;
        this.path = path;
        this.violations = violations;
    }

    /**
     * A reader of the object.
     *
     * @param path of the object in the input, empty for the input itself
     */
    public static ObjectReader of(JsonNode node, ObjectSchema schema, String path, Violations violations) {
        if (!node.isObject()) {
            violations.add(path, node, "must be an object with the keys " + String.join(", ", schema.names()));
            return silent(schema, path);
        }
        ObjectReader reader = new ObjectReader(node, schema, path, violations);
        node.properties().forEach(entry -> reader.refuseUnknown(entry.getKey(), entry.getValue()));
        return reader;
    }

    /** A reader of an object that is not there: all defaults, no faults. */
    private static ObjectReader silent(ObjectSchema schema, String path) {
        return new ObjectReader(JsonNodeFactory.instance.objectNode(), schema, path, new Violations());
    }

    private void refuseUnknown(String name, JsonNode value) {
        SchemaKey key = schema.find(name).orElse(null);
        if (key == null) {
            String hint = NearestName.of(name, schema.names())
                    .map(nearest -> "; did you mean " + nearest + "?")
                    .orElse("; known keys are " + String.join(", ", schema.names()));
            violations.add(pathOf(name), value, "is not a known key" + hint);
        } else if (key instanceof SchemaKey.UnsupportedKey && !value.isNull()) {
            violations.add(pathOf(name), value, NOT_SUPPORTED);
        }
    }

    /** The value, the key's default where it is left out. Ask for each key once: asking again would record its fault again. */
    public <T> T get(Key<T> key) {
        T value = find(key);
        return value != null ? value : key.type().standIn();
    }

    /** The value, the key's default where it is left out, null where there is none or it could not be read. */
    public <T> @Nullable T find(Key<T> key) {
        JsonNode value = nodeOf(key);
        if (value == null) {
            return key.fallback();
        }
        return parsed(key.type(), value, pathOf(key.name()));
    }

    /** The values of a list that could be read, in order. */
    public <T> List<T> list(SchemaKey.ListKey<T> key) {
        List<T> values = new ArrayList<>();
        forEachEntry(key, key.mostEntries(), (entryPath, entry) -> {
            T value = parsed(key.entries(), entry, entryPath);
            if (value != null) {
                values.add(value);
            }
        });
        return values;
    }

    /** The entries of a map that could be read, in order. */
    public <T> Map<String, T> map(SchemaKey.MapKey<T> key) {
        JsonNode map = nodeOf(key);
        Map<String, T> values = new LinkedHashMap<>();
        if (map == null) {
            return values;
        }
        if (!map.isObject() || map.size() > key.mostEntries()) {
            refuse(key, "must be an object of at most %d entries".formatted(key.mostEntries()));
            return values;
        }
        map.properties().forEach(entry -> {
            if (entry.getValue().isNull() && key.nullEntries() == SchemaKey.NullEntries.SKIPPED) {
                return;
            }
            T value = parsed(key.entries(), entry.getValue(), pathOf(key.name()) + "." + entry.getKey());
            if (value != null) {
                values.put(entry.getKey(), value);
            }
        });
        return values;
    }

    /** A reader of the object inside; one of nothing but defaults where it is left out. */
    public ObjectReader object(SchemaKey.ObjectKey key) {
        JsonNode value = nodeOf(key);
        return value == null
                ? silent(key.schema(), pathOf(key.name()))
                : of(value, key.schema(), pathOf(key.name()), violations);
    }

    /** Readers of the objects of a list, in order. */
    public List<ObjectReader> objects(SchemaKey.ObjectListKey key) {
        List<ObjectReader> readers = new ArrayList<>();
        forEachEntry(
                key,
                key.mostEntries(),
                (entryPath, entry) -> readers.add(of(entry, key.schema(), entryPath, violations)));
        return readers;
    }

    /** The value as it came, null where it is left out. */
    public @Nullable JsonNode node(SchemaKey.FreeKey key) {
        return nodeOf(key);
    }

    /** Records a fault for each key that an endpoint needs and that is left out. */
    void requireNeeded() {
        for (SchemaKey key : schema.needed()) {
            if (!has(key)) {
                refuse(key, REQUIRED);
            }
        }
    }

    public boolean has(SchemaKey key) {
        return node.hasNonNull(requireKnown(key).name());
    }

    /** Records a fault of the value of a key. */
    public void refuse(SchemaKey key, String message) {
        violations.add(pathOf(requireKnown(key).name()), node.get(key.name()), message);
    }

    /** Records a fault of the object as a whole. */
    public void refuse(String message) {
        violations.add(path, null, message);
    }

    /** Path of this object in the input. */
    public String path() {
        return path;
    }

    /** Path of a key of this object in the input. */
    public String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public Violations violations() {
        return violations;
    }

    private void forEachEntry(SchemaKey key, int mostEntries, BiConsumer<String, JsonNode> reader) {
        JsonNode list = nodeOf(key);
        if (list == null) {
            return;
        }
        if (!list.isArray() || list.size() > mostEntries) {
            refuse(key, "must be a list of at most %d entries".formatted(mostEntries));
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            reader.accept("%s[%d]".formatted(pathOf(key.name()), i), list.get(i));
        }
    }

    private <T> @Nullable T parsed(ValueType<T> type, JsonNode value, String valuePath) {
        T parsed = type.parser().apply(value);
        if (parsed == null) {
            violations.add(valuePath, value, type.refusal());
        }
        return parsed;
    }

    private @Nullable JsonNode nodeOf(SchemaKey key) {
        JsonNode value = node.get(requireKnown(key).name());
        if (value != null && !value.isNull()) {
            return value;
        }
        if (key.isRequired()) {
            violations.add(pathOf(key.name()), null, REQUIRED);
        }
        return null;
    }

    private SchemaKey requireKnown(SchemaKey key) {
        if (!schema.has(key)) {
            throw new IllegalArgumentException("key %s is not in the schema of %s".formatted(key.name(), path));
        }
        return key;
    }
}
