package dev.prescale.adapter.influx;

import java.time.Duration;

/** Waiting times before further attempts: exponential with full jitter, so that many clients do not come back at once. */
final class Backoff {
    private final InfluxSettings.Retry settings;

    Backoff(InfluxSettings.Retry settings) {
        this.settings = settings;
    }

    /**
     * {@code jitter * min(longestDelay, firstDelay * 2^(attempt - 1))}.
     *
     * @param attempt the one that failed, from 1
     * @param jitter random in [0, 1)
     */
    Duration after(int attempt, double jitter) {
        double nanos = Math.min(
                settings.longestDelay().toNanos(), settings.firstDelay().toNanos() * Math.pow(2, attempt - 1.0));
        return Duration.ofNanos((long) (jitter * nanos));
    }
}
