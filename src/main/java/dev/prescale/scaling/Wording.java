package dev.prescale.scaling;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.capacity.WorkCapacity;
import dev.prescale.scaling.ScalingPolicy.Tolerance;
import java.time.Duration;
import java.util.Locale;

/**
 * Numbers in the sentences of a trail: one locale, units always shown. Every cycle of every endpoint writes some, so that the usual
 * ones are written without {@link String#format}, to the same text.
 */
final class Wording {
    /** Below it, a number times a thousand is exact to far less than {@link #NEAR_HALF}. */
    private static final double LARGEST_QUICK = 1e6;

    /** So near to a half the digits that {@link String#format} sees decide which way it is rounded. */
    private static final double NEAR_HALF = 1e-6;

    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000};

    private Wording() {}

    /** {@code 44.0 req/s}; small rates keep three significant digits. */
    static String rate(double requestsPerSecond) {
        return number(requestsPerSecond) + " req/s";
    }

    /** {@code 44.0}, and {@code 0.0312} rather than {@code 0.0}. */
    static String number(double value) {
        boolean isSmall = value != 0 && Math.abs(value) < 1;
        if (!isSmall) {
            return decimal(value, 1);
        }
        // what is rounded up to 1 has one decimal less
        return value >= 0.1 && value < 0.999 ? decimal(value, 3) : String.format(Locale.ROOT, "%.3g", value);
    }

    /** As by {@code %.1f} with so many decimals, at most 3. */
    private static String decimal(double value, int decimals) {
        long unit = POWERS_OF_TEN[decimals];
        double scaled = value * unit;
        double beyond = scaled - (long) scaled;
        boolean isQuick = value >= 0 && value < LARGEST_QUICK && Math.abs(beyond - 0.5) > NEAR_HALF;
        if (!isQuick || isNegativeZero(value)) {
            return String.format(Locale.ROOT, "%." + decimals + "f", value);
        }
        long rounded = (long) scaled + (beyond > 0.5 ? 1 : 0);
        if (decimals == 0) {
            return Long.toString(rounded);
        }
        String digits = Long.toString(unit + rounded % unit);
        return rounded / unit + "." + digits.substring(1);
    }

    private static boolean isNegativeZero(double value) {
        return value == 0 && 1 / value < 0;
    }

    static String replicas(int count) {
        return count == 1 ? "1 replica" : count + " replicas";
    }

    /** {@code 44.0 req/s need 5 replicas at 10.0 req/s each}. */
    static String need(double load, int replicas, CapacityModel capacity, double utilization) {
        return load(load, capacity) + " need " + replicas(replicas) + " " + each(capacity, utilization);
    }

    /** {@code 44.0 req/s}, {@code requests for 3.2 busy replicas}. */
    static String load(double load, CapacityModel capacity) {
        return switch (capacity.unit()) {
            case REQUESTS -> rate(load);
            case BUSY_REPLICAS -> "requests for " + number(load) + " busy replicas";
        };
    }

    /**
     * What replicas are planned to bear: {@code at 10.0 req/s each}, {@code at 70 % each}, {@code at 70 % of the rate with 95 %
     * answered within 300 ms}.
     */
    static String each(CapacityModel capacity, double utilization) {
        return switch (capacity) {
            case RatePerReplica perReplica -> "at " + rate(perReplica.requestRate() * utilization) + " each";
            case QueueingCapacity queueing -> {
                String answered = "with " + percent(queueing.latencyQuantile()) + " answered within "
                        + latency(queueing.latencyTarget());
                yield utilization == 1 ? answered : "at " + percent(utilization) + " of the rate " + answered;
            }
            case WorkCapacity ignored -> "at " + percent(utilization) + " each";
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
        return decimal(percent, isWhole ? 0 : 1) + " %";
    }

    /** {@code 10 %}, {@code 10 % up, 5 % down}. */
    static String tolerance(Tolerance tolerance) {
        return tolerance.up() == tolerance.down()
                ? percent(tolerance.up())
                : percent(tolerance.up()) + " up, " + percent(tolerance.down()) + " down";
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
