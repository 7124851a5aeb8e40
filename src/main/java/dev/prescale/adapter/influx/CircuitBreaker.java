package dev.prescale.adapter.influx;

import java.time.Duration;
import java.time.Instant;

/**
 * Leaves a sick server alone: after a number of failures in a row it refuses requests for a while, then lets one through.
 * That one closes it again or opens it for another while.
 *
 * <p>Time is an argument. A clock that jumps back never keeps it open for longer than its span.
 */
final class CircuitBreaker {
    private final InfluxSettings.Breaker settings;
    private int failuresInARow;
    private Instant openedAt = Instant.EPOCH;
    private boolean probing;

    CircuitBreaker(InfluxSettings.Breaker settings) {
        this.settings = settings;
    }

    /** Whether a request may be sent now. Who gets true must call {@link #succeeded} or {@link #failed} afterwards. */
    synchronized boolean permits(Instant now) {
        if (failuresInARow < settings.failures()) {
            return true;
        }
        if (probing || isWithin(Duration.between(openedAt, now))) {
            return false;
        }
        probing = true;
        return true;
    }

    private boolean isWithin(Duration sinceOpened) {
        return !sinceOpened.isNegative() && sinceOpened.compareTo(settings.openFor()) < 0;
    }

    synchronized void succeeded() {
        failuresInARow = 0;
        probing = false;
    }

    synchronized void failed(Instant now) {
        failuresInARow = Math.min(failuresInARow + 1, settings.failures());
        probing = false;
        if (failuresInARow == settings.failures()) {
            openedAt = now;
        }
    }
}
