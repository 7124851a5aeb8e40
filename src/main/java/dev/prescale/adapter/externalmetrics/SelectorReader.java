package dev.prescale.adapter.externalmetrics;

import dev.prescale.adapter.externalmetrics.LabelSelector.Operator;
import dev.prescale.adapter.externalmetrics.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a label selector in Kubernetes' words: {@code a=b}, {@code a==b}, {@code a!=b}, {@code a in (b,c)}, {@code a notin (b)},
 * {@code a}, {@code !a}, separated by commas. What compares numbers ({@code >}, {@code <}) is refused: no label here is one.
 *
 * <p>Grammar: the package {@code labels} of k8s.io/apimachinery.
 */
final class SelectorReader {
    private static final int LONGEST_PART = 63;
    private static final int LONGEST_PREFIX = 253;
    private static final Pattern TOKEN = Pattern.compile("\\G\\s*(==|!=|[=!,()<>]|[^\\s=!,()<>]+)");
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    private SelectorReader(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group(1));
        }
    }

    /**
     * The selector of a text.
     *
     * @throws IllegalArgumentException with a sentence where it is none
     */
    static LabelSelector read(String text) {
        SelectorReader reader = new SelectorReader(text);
        if (reader.tokens.isEmpty()) {
            return LabelSelector.EVERYTHING;
        }
        List<Requirement> requirements = new ArrayList<>();
        do {
            requirements.add(reader.requirement());
        } while (reader.takes(","));
        if (reader.next < reader.tokens.size()) {
            throw reader.fault("'%s' stands where a comma or the end should be".formatted(reader.peek()));
        }
        return new LabelSelector(requirements);
    }

    private Requirement requirement() {
        if (takes("!")) {
            return new Requirement(key(), Operator.DOES_NOT_EXIST, Set.of());
        }
        String key = key();
        String operator = peek();
        return switch (operator) {
            case "", "," -> new Requirement(key, Operator.EXISTS, Set.of());
            case "=", "==" -> new Requirement(key, Operator.IN, Set.of(valueAfter()));
            case "!=" -> new Requirement(key, Operator.NOT_IN, Set.of(valueAfter()));
            case "in" -> new Requirement(key, Operator.IN, valuesAfter());
            case "notin" -> new Requirement(key, Operator.NOT_IN, valuesAfter());
            case "<", ">" -> throw fault("'%s' compares numbers, and no label here is one".formatted(operator));
            default -> throw fault("'%s' is none of =, ==, !=, in, notin".formatted(operator));
        };
    }

    private String key() {
        String key = word();
        int slash = key.indexOf('/');
        String name = key.substring(slash + 1);
        boolean isPrefixValid = slash < 0
                || (slash <= LONGEST_PREFIX
                        && DOMAIN.matcher(key.substring(0, slash)).matches());
        if (!isPrefixValid
                || name.length() > LONGEST_PART
                || !PART.matcher(name).matches()) {
            throw fault("'%s' is no label's name".formatted(key));
        }
        return key;
    }

    /** May be empty, as the value of a label may. */
    private String valueAfter() {
        next++;
        return isWord(peek()) ? value() : "";
    }

    private Set<String> valuesAfter() {
        next++;
        if (!takes("(")) {
            throw fault("values stand in parentheses");
        }
        Set<String> values = new LinkedHashSet<>();
        do {
            values.add(isWord(peek()) ? value() : "");
        } while (takes(","));
        if (!takes(")")) {
            throw fault("a parenthesis is not closed");
        }
        return values;
    }

    private String value() {
        String value = word();
        if (value.length() > LONGEST_PART || !PART.matcher(value).matches()) {
            throw fault("'%s' is no label's value".formatted(value));
        }
        return value;
    }

    private String word() {
        String word = peek();
        if (!isWord(word)) {
            throw fault(word.isEmpty() ? "it ends too early" : "'%s' stands where a name should be".formatted(word));
        }
        next++;
        return word;
    }

    private static boolean isWord(String token) {
        return !token.isEmpty() && "=!,()<>".indexOf(token.charAt(0)) < 0;
    }

    private boolean takes(String token) {
        boolean isThere = peek().equals(token);
        if (isThere) {
            next++;
        }
        return isThere;
    }

    /** Empty at the end. */
    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("labelSelector \"%s\" cannot be read: %s".formatted(text, what));
    }
}
