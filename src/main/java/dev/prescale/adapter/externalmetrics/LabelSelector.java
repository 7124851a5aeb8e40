package dev.prescale.adapter.externalmetrics;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which items are asked for, by their labels: all requirements must hold.
 *
 * <p>As in Kubernetes an item without the label satisfies {@code !=} and {@code notin}.
 */
record LabelSelector(List<Requirement> requirements) {
    static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    /** What is asked of one label. */
    enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST
    }

    /** @param values empty for {@code EXISTS} and {@code DOES_NOT_EXIST} */
    record Requirement(String key, Operator operator, Set<String> values) {
        Requirement {
            values = Set.copyOf(values);
        }

        boolean matches(Map<String, String> labels) {
            @Nullable String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
            };
        }
    }

    LabelSelector {
        requirements = List.copyOf(requirements);
    }

    boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }
}
