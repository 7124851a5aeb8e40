package dev.prescale.adapter.kubernetes.lease;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep the process alive. */
final class LeaseThreads {
    private LeaseThreads() {}

    static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "prescale-lease-%s-%d".formatted(name, number.incrementAndGet()));
            thread.setDaemon(true);
            return thread;
        };
    }
}
