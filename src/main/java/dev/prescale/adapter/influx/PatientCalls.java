package dev.prescale.adapter.influx;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * Sends requests with retries, behind one circuit breaker per server. Fault tolerance of our own, because SmallRye's needs
 * a running CDI container, and because here time is an argument.
 */
final class PatientCalls {
    private final InfluxSettings.Retry retry;
    private final Backoff backoff;
    private final CircuitBreaker breaker;
    private final DoubleSupplier jitter;
    private final Sleeper sleeper;

    PatientCalls(InfluxSettings settings, DoubleSupplier jitter, Sleeper sleeper) {
        this.retry = settings.retry();
        this.backoff = new Backoff(settings.retry());
        this.breaker = new CircuitBreaker(settings.breaker());
        this.jitter = jitter;
        this.sleeper = sleeper;
    }

    /** Waits; a test does not. */
    interface Sleeper {
        void sleep(Duration delay) throws InterruptedException;
    }

    /** One request and the reading of its answer. */
    interface Attempt<T> {
        T make() throws InfluxFault, InterruptedException;
    }

    /** The result of the first attempt that works; throws the fault of the last one where none does. */
    <T> T call(Instant now, Attempt<T> attempt) throws InfluxFault, InterruptedException {
        InfluxFault fault = InfluxFault.refused("is left alone for a while after failing again and again");
        for (int made = 1; breaker.permits(now); made++) {
            try {
                return makeReporting(now, attempt);
            } catch (InfluxFault e) {
                fault = e;
            }
            if (fault.kind() != InfluxFault.Kind.SICK || made == retry.attempts()) {
                break;
            }
            sleeper.sleep(backoff.after(made, jitter.getAsDouble()));
        }
        throw fault;
    }

    /** Tells the breaker how it went, whatever way the attempt ends. */
    private <T> T makeReporting(Instant now, Attempt<T> attempt) throws InfluxFault, InterruptedException {
        boolean isServerWell = false;
        try {
            T result = attempt.make();
            isServerWell = true;
            return result;
        } catch (InfluxFault e) {
            // A refusal is the answer of a server that works.
            isServerWell = e.kind() == InfluxFault.Kind.REFUSED;
            throw e;
        } finally {
            if (isServerWell) {
                breaker.succeeded();
            } else {
                breaker.failed(now);
            }
        }
    }
}
