package dev.prescale.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a type of value OpenAPI v3 can say, for the custom resource. A shape may let through what the type's parser refuses, never
 * the other way round.
 *
 * @param keywords in the order in which they are written
 */
public record ValueShape(Map<String, Object> keywords) {
    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";

    /** Anything: the parser alone decides. */
    static final ValueShape ANY = new ValueShape(Map.of(PRESERVE, true));

    static final ValueShape BOOLEAN = new ValueShape(Map.of("type", "boolean"));

    public ValueShape {
        keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
    }

    /** Text that is not blank. */
    static ValueShape text(int mostCharacters) {
        return matching("\\S", mostCharacters).with("minLength", 1);
    }

    /** @param pattern in the syntax that Java and RE2 share; found anywhere in the text */
    static ValueShape matching(String pattern, int mostCharacters) {
        return anyText(mostCharacters).with("pattern", pattern);
    }

    static ValueShape anyText(int mostCharacters) {
        return new ValueShape(Map.of("type", "string")).with("maxLength", mostCharacters);
    }

    static ValueShape words(Collection<String> words) {
        return new ValueShape(Map.of("type", "string")).with("enum", List.copyOf(words));
    }

    static ValueShape wholeNumber(int least, int most) {
        return new ValueShape(Map.of("type", "integer")).with("minimum", least).with("maximum", most);
    }

    static ValueShape number(Limit least, Limit most) {
        return new ValueShape(Map.of("type", "number")).within(least, most);
    }

    /** A number, or text that stands for one. OpenAPI's schemas of the API server have one type each: this has none. */
    static ValueShape numberOrText(Limit least, Limit most, String pattern) {
        return ANY.within(least, most)
                .with("pattern", pattern)
                .with("maxProperties", 0)
                .with("maxItems", 0)
                .excluding(true, false);
    }

    /** A bound of a number. */
    record Limit(double value, boolean isIncluded) {
        static Limit included(double value) {
            return new Limit(value, true);
        }

        static Limit excluded(double value) {
            return new Limit(value, false);
        }
    }

    ValueShape excluding(Object... values) {
        return with("not", Map.of("enum", List.of(values)));
    }

    /** Whether {@code null} can be told to be allowed: not beside a list of words, which would have to hold it and may not. */
    boolean canBeNullable() {
        return keywords.containsKey("type") && !keywords.containsKey("enum");
    }

    private ValueShape within(Limit least, Limit most) {
        ValueShape bounded = with("minimum", plain(least.value())).with("maximum", plain(most.value()));
        bounded = least.isIncluded() ? bounded : bounded.with("exclusiveMinimum", true);
        return most.isIncluded() ? bounded : bounded.with("exclusiveMaximum", true);
    }

    private ValueShape with(String keyword, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(keywords);
        more.put(keyword, value);
        return new ValueShape(more);
    }

    private static Number plain(double value) {
        return value == Math.rint(value) ? (Number) (long) value : (Number) value;
    }
}
