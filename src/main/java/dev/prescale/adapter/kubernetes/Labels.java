package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A label selector, so that one list of pods serves all workloads of a namespace. Requirements all hold; a label that is
 * absent meets {@code !=} and {@code notin}. Source: kubernetes {@code apimachinery/pkg/labels/selector.go}.
 */
record Labels(List<Requirement> requirements) {
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\((.*)\\)");
    private static final Pattern UNEQUAL = Pattern.compile("([^!=\\s]+)\\s*!=\\s*(\\S*)");
    private static final Pattern EQUAL = Pattern.compile("([^!=\\s]+)\\s*==?\\s*(\\S*)");

    Labels {
        requirements = List.copyOf(requirements);
    }

    private enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        ABSENT
    }

    record Requirement(String key, Operator operator, Set<String> values) {
        /** Whether the label has to be there with one of the values. */
        boolean isOneOf() {
            return operator == Operator.IN;
        }

        boolean isMetBy(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case ABSENT -> value == null;
            };
        }
    }

    /** A selector without requirements selects nothing: to take every pod for a replica would be worse. */
    boolean select(@Nullable Map<String, String> labels) {
        Map<String, String> present = labels == null ? Map.of() : labels;
        return !requirements.isEmpty() && requirements.stream().allMatch(requirement -> requirement.isMetBy(present));
    }

    static Labels of(@Nullable LabelSelector selector) {
        List<Requirement> requirements = new ArrayList<>();
        if (selector != null && selector.getMatchLabels() != null) {
            selector.getMatchLabels()
                    .forEach((key, value) -> requirements.add(new Requirement(key, Operator.IN, Set.of(value))));
        }
        if (selector != null && selector.getMatchExpressions() != null) {
            selector.getMatchExpressions().forEach(expression -> requirements.add(requirement(expression)));
        }
        return new Labels(requirements);
    }

    private static Requirement requirement(LabelSelectorRequirement expression) {
        Set<String> values = expression.getValues() == null ? Set.of() : Set.copyOf(expression.getValues());
        Operator operator =
                switch (expression.getOperator()) {
                    case "In" -> Operator.IN;
                    case "NotIn" -> Operator.NOT_IN;
                    case "Exists" -> Operator.EXISTS;
                    case "DoesNotExist" -> Operator.ABSENT;
                    default ->
                        throw new IllegalArgumentException("unknown selector operator " + expression.getOperator());
                };
        return new Requirement(expression.getKey(), operator, values);
    }

    /** Parses the text form, as the status of a scale subresource has it. */
    static Labels parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return new Labels(List.of());
        }
        // Commas between parentheses belong to a set.
        return new Labels(Arrays.stream(text.split(",(?![^(]*\\))"))
                .map(part -> parseOne(part.strip()))
                .toList());
    }

    private static Requirement parseOne(String part) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            Operator operator = set.group(2).equals("in") ? Operator.IN : Operator.NOT_IN;
            return new Requirement(
                    set.group(1),
                    operator,
                    Set.copyOf(Arrays.asList(set.group(3).strip().split("\\s*,\\s*"))));
        }
        Matcher unequal = UNEQUAL.matcher(part);
        if (unequal.matches()) {
            return new Requirement(unequal.group(1), Operator.NOT_IN, Set.of(unequal.group(2)));
        }
        Matcher equal = EQUAL.matcher(part);
        if (equal.matches()) {
            return new Requirement(equal.group(1), Operator.IN, Set.of(equal.group(2)));
        }
        return part.startsWith("!")
                ? new Requirement(part.substring(1).strip(), Operator.ABSENT, Set.of())
                : new Requirement(part, Operator.EXISTS, Set.of());
    }
}
