package dev.prescale.app;

import dev.prescale.config.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** Simulated time, which stands still during a cycle and goes on by one cycle interval when it is done. */
final class SteppedClock implements InstantSource {
    private static final Logger LOG = Logger.getLogger(SteppedClock.class);

    private final SimulatedTime time;
    private final Duration step;
    private volatile Instant now;
    private volatile boolean stopped;

    SteppedClock(SimulatedTime time, Duration step) {
        this.time = time;
        this.step = step;
        this.now = time.start();
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Runs a cycle at each step until the end, on this thread. */
    void runThrough(Runnable cycle) {
        LOG.infof("Time is simulated, from %s to %s", time.start(), time.end());
        long begin = System.nanoTime();
        for (Instant next = time.start(); next.isBefore(time.end()) && !stopped; next = next.plus(step)) {
            waitUntilDue(next, begin);
            now = next;
            cycle.run();
        }
        LOG.infof("Simulated time stands still at %s: the last cycle is done", now);
    }

    private void waitUntilDue(Instant next, long begin) {
        if (time.speed() == SimulatedTime.AS_FAST_AS_CYCLES) {
            return;
        }
        long due = begin + Duration.between(time.start(), next).toNanos() / time.speed();
        long left = due - System.nanoTime();
        while (left > 0 && !stopped) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
            left = due - System.nanoTime();
        }
    }

    void stop() {
        stopped = true;
    }
}
