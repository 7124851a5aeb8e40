package dev.prescale.adapter.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds the forecasts that are computed for callers at a time, so that they cannot starve the control loop: as many as
 * there are processors less one, a few more wait their turn, others are refused at once. (MicroProfile's bulkhead has no
 * queue for blocking calls, and would refuse a client's second parallel request on a small machine.)
 */
@ApplicationScoped
class ComputeSlots {
    private static final int MOST_WAITING = 16;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final String what;
    private final Semaphore slots;
    private final int mostWaiting;
    private final Duration longestWait;
    private final AtomicInteger waiting = new AtomicInteger();

    ComputeSlots() {
        this(
                "forecasts are being computed",
                Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
                MOST_WAITING,
                LONGEST_WAIT);
    }

    /** @param what is done in a slot, after "Too many" */
    ComputeSlots(String what, int slots, int mostWaiting, Duration longestWait) {
        this.what = what;
        this.slots = new Semaphore(slots, true);
        this.mostWaiting = mostWaiting;
        this.longestWait = longestWait;
    }

    /** Computes in a slot; a 429 problem where too many wait or the wait was too long. */
    <T> T compute(Supplier<T> computation) {
        awaitSlot();
        try {
            return computation.get();
        } finally {
            slots.release();
        }
    }

    private void awaitSlot() {
        if (slots.tryAcquire()) {
            return;
        }
        if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            throw busy();
        }
        try {
            if (!slots.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private ProblemException busy() {
        return ProblemException.ofBusy("Too many %s.".formatted(what), RETRY_AFTER);
    }
}
