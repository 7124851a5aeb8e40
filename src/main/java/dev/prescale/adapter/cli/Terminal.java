package dev.prescale.adapter.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command may do with where it writes.
 *
 * @param isOut whether the standard output is a terminal
 * @param isErr whether the standard error is one
 * @param columns its width in characters
 * @param isUnicode whether it shows more than ASCII
 * @param color of what is written
 */
public record Terminal(boolean isOut, boolean isErr, int columns, boolean isUnicode, Color color) {
    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 40;
    private static final int MOST_COLUMNS = 1_000;

    /** No terminal at all: pipes and files, and tests. */
    public static final Terminal NONE = new Terminal(false, false, USUAL_COLUMNS, true, Color.NEVER);

    /** When colors are written. */
    public enum Color {
        AUTO,
        ALWAYS,
        NEVER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Looked at before the arguments are parsed: what is wrong with them is said in color too.
     *
     * @param arguments of which {@code --color} counts
     * @param environment {@code NO_COLOR}, {@code TERM} and {@code COLUMNS}, null where not set
     * @param properties what {@code bin/prescale} found out: {@code prescale.terminal}, {@code prescale.terminal.errors},
     *     {@code prescale.columns}
     */
    public static Terminal of(
            List<String> arguments,
            UnaryOperator<@Nullable String> environment,
            UnaryOperator<@Nullable String> properties) {
        boolean isPlain = "dumb".equals(environment.apply("TERM"));
        Color asked = color(arguments);
        boolean isRefused = isSet(environment.apply("NO_COLOR")) || isPlain;
        return new Terminal(
                Boolean.parseBoolean(properties.apply("prescale.terminal")),
                Boolean.parseBoolean(properties.apply("prescale.terminal.errors")) && !isPlain,
                columns(properties.apply("prescale.columns"), environment.apply("COLUMNS")),
                String.valueOf(properties.apply("native.encoding"))
                        .toUpperCase(Locale.ROOT)
                        .contains("UTF"),
                asked == Color.AUTO && isRefused ? Color.NEVER : asked);
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isEmpty();
    }

    /** The last one given; a word that is none is named when the arguments are parsed. */
    private static Color color(List<String> arguments) {
        Color color = Color.AUTO;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String word = argument.startsWith("--color=")
                    ? argument.substring("--color=".length())
                    : argument.equals("--color") && i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            for (Color known : Color.values()) {
                color = known.toString().equalsIgnoreCase(word) ? known : color;
            }
        }
        return color;
    }

    private static int columns(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null && text.matches("\\d{1,6}") && Integer.parseInt(text) > 0) {
                return Math.clamp(Integer.parseInt(text), FEWEST_COLUMNS, MOST_COLUMNS);
            }
        }
        return USUAL_COLUMNS;
    }

    /** Whether the standard output takes colors. */
    public boolean isColored() {
        return color == Color.ALWAYS || (color == Color.AUTO && isOut);
    }

    /** Whether the standard error takes colors. */
    public boolean areErrorsColored() {
        return color == Color.ALWAYS || (color == Color.AUTO && isErr);
    }

    /** The text in a style of the standard output where that takes any. */
    public String painted(Ansi.Style style, String text) {
        return isColored() ? style.on() + text + style.off() : text;
    }
}
