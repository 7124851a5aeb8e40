package dev.prescale.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls by a fixed schedule. A call's latency counts from the moment that the schedule has for it, so that a server that stalls does not
 * slow down who measures it.
 */
final class PacedLoad {
    private static final long LONGEST_SECONDS = 30;

    private final long[] latencies;
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final CountDownLatch open;

    private PacedLoad(int calls) {
        this.latencies = new long[calls];
        this.open = new CountDownLatch(calls);
    }

    /** Begins call number k, and tells the call when it is over. Must not wait. */
    interface Caller {
        void begin(int number, Call call);
    }

    /** @param rate calls per second */
    static Measured run(int rate, int seconds, Caller caller) throws InterruptedException {
        PacedLoad load = new PacedLoad(rate * seconds);
        long begun = System.nanoTime();
        for (int k = 0; k < load.latencies.length; k++) {
            long intended = begun + k * 1_000_000_000L / rate;
            while (System.nanoTime() < intended) {
                LockSupport.parkNanos(intended - System.nanoTime());
            }
            caller.begin(k, load.new Call(k, intended));
        }
        double sent = 1e-9 * (System.nanoTime() - begun);
        boolean isComplete = load.open.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        double took = 1e-9 * (System.nanoTime() - begun);
        return load.measured(sent, took, isComplete);
    }

    private Measured measured(double sent, double took, boolean isComplete) {
        long[] sorted = latencies.clone();
        Arrays.sort(sorted);
        String failed =
                isComplete && failures.isEmpty() ? "none" : new TreeMap<>(failures) + " unanswered=" + open.getCount();
        return new Measured(
                sorted.length / sent,
                (sorted.length - open.getCount()) / took,
                millis(sorted, 0.5),
                millis(sorted, 0.99),
                millis(sorted, 0.999),
                millis(sorted, 1),
                failed);
    }

    private static double millis(long[] sorted, double quantile) {
        return 1e-6 * sorted[(int) Math.min(sorted.length - 1, Math.round(quantile * sorted.length))];
    }

    /** One call under way; it is over once. */
    final class Call {
        private final int number;
        private final long intended;

        private Call(int number, long intended) {
            this.number = number;
            this.intended = intended;
        }

        void answered() {
            latencies[number] = System.nanoTime() - intended;
            open.countDown();
        }

        void failed(String why) {
            failures.computeIfAbsent(why, name -> new AtomicInteger()).incrementAndGet();
            answered();
        }
    }

    /**
     * @param sent per second
     * @param done per second
     * @param median milliseconds, as those that follow
     */
    record Measured(double sent, double done, double median, double p99, double p999, double most, String failures) {
        /** The cells of a table. */
        String row() {
            return String.format(
                    Locale.ROOT,
                    "%,.0f sent, %,.0f done | %.2f | %.2f | %.2f | %.1f | %s",
                    sent,
                    done,
                    median,
                    p99,
                    p999,
                    most,
                    failures);
        }
    }
}
