package dev.prescale.series;

/** Argument checks whose message names the argument and its value. */
public final class Require {
    private Require() {}

    /**
     * Throws {@link IllegalArgumentException} with the formatted message where the condition does not hold.
     *
     * @param message a {@link String#format} pattern that says what must hold and shows the value
     */
    public static void that(boolean condition, String message, Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }
}
