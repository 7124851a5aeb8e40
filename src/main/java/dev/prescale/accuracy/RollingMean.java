package dev.prescale.accuracy;

import java.time.Duration;
import java.time.Instant;

/**
 * Mean of values weighted {@code exp(-age / memory)}: a rolling mean that keeps two numbers instead of a window. Immutable.
 *
 * @param weighted sum of the values, each weighted as of {@code at}
 * @param weight sum of the weights as of {@code at}
 */
record RollingMean(Instant at, double weighted, double weight) {
    static final RollingMean NONE = new RollingMean(Instant.EPOCH, 0, 0);

    /** With one more value; a value older than the newest weighs as much as if it were as new. */
    RollingMean with(Instant instant, double value, Duration memory) {
        if (weight == 0) {
            return new RollingMean(instant, value, 1);
        }
        double elapsed = Math.max(0, Duration.between(at, instant).toMillis());
        double kept = Math.exp(-elapsed / memory.toMillis());
        return new RollingMean(instant.isAfter(at) ? instant : at, kept * weighted + value, kept * weight + 1);
    }

    /** {@code NaN} without a value. */
    double mean() {
        return weighted / weight;
    }
}
