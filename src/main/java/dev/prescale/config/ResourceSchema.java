package dev.prescale.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An {@link ObjectSchema} as a structural schema of the API server. What a reader accepts is accepted; what OpenAPI and CEL cannot say is
 * left to the reader.
 *
 * <p>Defaults are told in descriptions only: a default in the schema would be written into every resource, and could never be changed
 * for those that left the key to us.
 */
final class ResourceSchema {
    private ResourceSchema() {}

    static Map<String, Object> of(ObjectSchema schema) {
        boolean isCounted = schema.rules().stream().anyMatch(ObjectRule.OneKeyOnly.class::isInstance);
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        List<String> unsupported = new ArrayList<>();
        for (SchemaKey key : schema.keys()) {
            boolean isRequired = key.isRequired() || schema.needed().contains(key);
            if (isRequired) {
                required.add(key.name());
            }
            if (key instanceof SchemaKey.UnsupportedKey) {
                unsupported.add(key.name());
            }
            // a key that is counted must not count where it is null; the API server drops nulls that are not allowed
            properties.put(key.name(), property(key, isRequired, !isRequired && !isCounted));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        putUnlessEmpty(object, "required", required);
        if (!unsupported.isEmpty()) {
            object.put("not", Map.of("anyOf", eachRequired(unsupported)));
        }
        schema.rules().forEach(rule -> add(rule, object));
        return object;
    }

    private static void add(ObjectRule rule, Map<String, Object> object) {
        switch (rule) {
            case ObjectRule.OneKeyOnly() -> {
                object.put("minProperties", 1);
                object.put("maxProperties", 1);
            }
            case ObjectRule.AnyOf(List<String> names) -> object.put("anyOf", eachRequired(names));
            case ObjectRule.Checked checked -> {
                Map<String, Object> validation = new LinkedHashMap<>();
                validation.put("rule", checked.expression());
                validation.put("message", checked.message());
                putUnlessEmpty(validation, "fieldPath", checked.at());
                validations(object).add(validation);
            }
        }
    }

    @SuppressWarnings("unchecked") // what is there was put there by this method
    private static List<Object> validations(Map<String, Object> object) {
        return (List<Object>) object.computeIfAbsent("x-kubernetes-validations", name -> new ArrayList<>());
    }

    private static List<Object> eachRequired(List<String> names) {
        return names.stream()
                .map(name -> (Object) Map.of("required", List.of(name)))
                .toList();
    }

    static Map<String, Object> property(SchemaKey key, boolean isRequired, boolean mayBeNull) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", description(key, isRequired));
        Map<String, Object> form = form(key);
        property.putAll(form);
        if (mayBeNull && new ValueShape(form).canBeNullable()) {
            property.put("nullable", true);
        }
        return property;
    }

    private static Map<String, Object> form(SchemaKey key) {
        return switch (key) {
            case Key<?> value -> value.type().shape().keywords();
            case SchemaKey.ObjectKey object -> of(object.schema());
            case SchemaKey.FreeKey free -> ValueShape.ANY.keywords();
            case SchemaKey.UnsupportedKey unsupported -> ValueShape.ANY.keywords();
            case SchemaKey.ListKey<?> list ->
                list(list.mostEntries(), list.entries().shape().keywords());
            case SchemaKey.ObjectListKey objects -> list(objects.mostEntries(), of(objects.schema()));
            case SchemaKey.MapKey<?> map -> {
                Map<String, Object> object = new LinkedHashMap<>();
                object.put("type", "object");
                object.put("additionalProperties", map.entries().shape().keywords());
                object.put("maxProperties", map.mostEntries());
                yield object;
            }
        };
    }

    private static Map<String, Object> list(int mostEntries, Map<String, Object> items) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("type", "array");
        list.put("maxItems", mostEntries);
        list.put("items", items);
        return list;
    }

    /** What {@code kubectl explain} says: meaning, what is allowed, what holds where it is left out. */
    private static String description(SchemaKey key, boolean isRequired) {
        Stream<String> sentences =
                switch (key) {
                    case Key<?> value -> Stream.of(allowed(value.type().description()), fallback(value));
                    case SchemaKey.ListKey<?> list ->
                        Stream.of(allowed("a list of at most %d, each %s"
                                .formatted(list.mostEntries(), list.entries().description())));
                    case SchemaKey.MapKey<?> map ->
                        Stream.of(allowed("at most %d names, each with %s"
                                .formatted(map.mostEntries(), map.entries().description())));
                    case SchemaKey.ObjectListKey objects ->
                        Stream.of(allowed("a list of at most " + objects.mostEntries()));
                    case SchemaKey.FreeKey free -> Stream.of(allowed(free.description()));
                    case SchemaKey.UnsupportedKey unsupported -> Stream.of("Not supported by this version.");
                    case SchemaKey.ObjectKey object -> Stream.empty();
                };
        String needed = isRequired ? "Required." : "";
        return Stream.concat(Stream.of(key.meaning()), Stream.concat(sentences, Stream.of(needed)))
                .filter(sentence -> !sentence.isEmpty())
                .reduce((all, next) -> all + " " + next)
                .orElseThrow();
    }

    private static String allowed(String description) {
        return "Allowed: %s.".formatted(description);
    }

    private static <T> String fallback(Key<T> key) {
        T fallback = key.fallback();
        return fallback == null
                ? ""
                : "Default: %s.".formatted(key.type().format().apply(fallback));
    }

    private static void putUnlessEmpty(Map<String, Object> map, String name, List<?> values) {
        if (!values.isEmpty()) {
            map.put(name, values);
        }
    }

    private static void putUnlessEmpty(Map<String, Object> map, String name, String value) {
        if (!value.isEmpty()) {
            map.put(name, value);
        }
    }
}
