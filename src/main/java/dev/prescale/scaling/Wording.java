package dev.prescale.scaling;

import java.time.Duration;
import java.util.Locale;

/** Numbers in the sentences of a trail: one locale, units always shown. */
final class Wording {
    private Wording() {}

    /** {@code 44.0 req/s}; small rates keep three significant digits. */
    static String rate(double requestsPerSecond) {
        return number(requestsPerSecond) + " req/s";
    }

    /** {@code 44.0}, and {@code 0.0312} rather than {@code 0.0}. */
    static String number(double value) {
        boolean isSmall = value != 0 && Math.abs(value) < 1;
        return String.format(Locale.ROOT, isSmall ? "%.3g" : "%.1f", value);
    }

    static String replicas(int count) {
        return count == 1 ? "1 replica" : count + " replicas";
    }

    /** {@code 44.0 req/s need 5 replicas at 10.0 req/s each}. */
    static String need(double requestsPerSecond, int replicas, double ratePerReplica) {
        return "%s need %s at %s each".formatted(rate(requestsPerSecond), replicas(replicas), rate(ratePerReplica));
    }

    /** {@code 1 replica is}, {@code 5 replicas are}. */
    static String replicasAre(int count) {
        return replicas(count) + (count == 1 ? " is" : " are");
    }

    /** A fraction as {@code 70 %}, with a decimal only where there is one. */
    static String percent(double fraction) {
        double percent = fraction * 100;
        boolean isWhole = Math.abs(percent - Math.rint(percent)) < 0.05;
        return String.format(Locale.ROOT, isWhole ? "%.0f %%" : "%.1f %%", percent);
    }

    /** {@code 2 min 15 s}, {@code 5 min}, {@code 45 s}, {@code 1 h 30 min}. */
    static String duration(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "min");
        append(text, duration.toSecondsPart(), "s");
        return text.isEmpty() ? "0 s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(text.isEmpty() ? "" : " ").append(amount).append(' ').append(unit);
        }
    }
}
