package dev.prescale.scaling;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.capacity.WorkCapacity;
import dev.prescale.scaling.ScalingPolicy.Tolerance;
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
    static String need(double load, int replicas, CapacityModel capacity, double utilization) {
        return "%s need %s %s".formatted(load(load, capacity), replicas(replicas), each(capacity, utilization));
    }

    /** {@code 44.0 req/s}, {@code requests for 3.2 busy replicas}. */
    static String load(double load, CapacityModel capacity) {
        return switch (capacity.unit()) {
            case REQUESTS -> rate(load);
            case BUSY_REPLICAS -> "requests for %s busy replicas".formatted(number(load));
        };
    }

    /**
     * What replicas are planned to bear: {@code at 10.0 req/s each}, {@code at 70 % each}, {@code at 70 % of the rate with 95 %
     * answered within 300 ms}.
     */
    static String each(CapacityModel capacity, double utilization) {
        return switch (capacity) {
            case RatePerReplica perReplica -> "at %s each".formatted(rate(perReplica.requestRate() * utilization));
            case QueueingCapacity queueing -> {
                String answered = "with %s answered within %s"
                        .formatted(percent(queueing.latencyQuantile()), latency(queueing.latencyTarget()));
                yield utilization == 1 ? answered : "at %s of the rate %s".formatted(percent(utilization), answered);
            }
            case WorkCapacity ignored -> "at %s each".formatted(percent(utilization));
        };
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

    /** {@code 10 %}, {@code 10 % up, 5 % down}. */
    static String tolerance(Tolerance tolerance) {
        return tolerance.up() == tolerance.down()
                ? percent(tolerance.up())
                : "%s up, %s down".formatted(percent(tolerance.up()), percent(tolerance.down()));
    }

    /** {@code 2 min 15 s}, {@code 5 min}, {@code 45 s}, {@code 1 h 30 min}. */
    static String duration(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "min");
        append(text, duration.toSecondsPart(), "s");
        return text.isEmpty() ? "0 s" : text.toString();
    }

    /** {@code 300 ms}, {@code 1500 ms}, {@code 2 s}. */
    private static String latency(Duration duration) {
        return duration.toMillisPart() == 0 ? duration(duration) : duration.toMillis() + " ms";
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(text.isEmpty() ? "" : " ").append(amount).append(' ').append(unit);
        }
    }
}
