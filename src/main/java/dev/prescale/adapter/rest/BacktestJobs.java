package dev.prescale.adapter.rest;

import dev.prescale.config.BacktestRequest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The backtests of this process: one runs, a few wait for their turn, what has ended is kept for a while. They are lost with the
 * process; whoever asks again gets the same result.
 */
@ApplicationScoped
class BacktestJobs {
    static final int MOST_WAITING = 8;
    static final int MOST_KEPT = 50;
    static final Duration KEPT_FOR = Duration.ofHours(1);

    /** What a small backtest takes. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final BacktestEngine engine;
    private final LongSupplier nanos;
    private final ThreadPoolExecutor thread;
    /** Oldest first. */
    private final Map<String, BacktestJob> jobs = new LinkedHashMap<>();

    private final Map<String, Long> endedAt = new LinkedHashMap<>();
    private boolean closed;

    @Inject
    BacktestJobs(BacktestEngine engine) {
        this(engine, System::nanoTime);
    }

    /** @param nanos a clock that nobody sets: the service's own may be simulated */
    BacktestJobs(BacktestEngine engine, LongSupplier nanos) {
        this.engine = engine;
        this.nanos = nanos;
        this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread made = new Thread(work, "prescale-backtests");
            made.setDaemon(true);
            made.setPriority(Thread.MIN_PRIORITY);
            return made;
        });
    }

    /** Takes a backtest in; a 429 problem where too many wait, 503 where the service stops. */
    synchronized BacktestJob submit(BacktestRequest request) {
        forgetOld();
        if (closed) {
            throw ProblemException.ofUnavailable("The service is stopping.", RETRY_AFTER);
        }
        if (jobs.size() - endedAt.size() > MOST_WAITING) {
            throw ProblemException.ofBusy(
                    "A backtest runs and %d wait; more are not taken.".formatted(MOST_WAITING), RETRY_AFTER);
        }
        String id = UUID.randomUUID().toString();
        BacktestJob job = new BacktestJob(id, engine, request, () -> ended(id));
        jobs.put(id, job);
        thread.execute(job);
        return job;
    }

    synchronized Optional<BacktestJob> find(String id) {
        forgetOld();
        return Optional.ofNullable(jobs.get(id));
    }

    synchronized List<BacktestJob> newestFirst() {
        forgetOld();
        return List.copyOf(jobs.values()).reversed();
    }

    /** Stops a backtest, or forgets the result of one that has ended; false where there is none of this id. */
    boolean remove(String id) {
        BacktestJob job;
        synchronized (this) {
            forgetOld();
            job = jobs.remove(id);
            endedAt.remove(id);
        }
        if (job == null) {
            return false;
        }
        thread.remove(job);
        job.stop("The backtest was canceled.");
        return true;
    }

    @PreDestroy
    void close() {
        List<BacktestJob> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(jobs.values());
        }
        left.forEach(job -> job.stop("The service stopped before the backtest had ended."));
        thread.shutdownNow();
    }

    private synchronized void ended(String id) {
        if (jobs.containsKey(id)) {
            endedAt.put(id, nanos.getAsLong());
        }
    }

    private void forgetOld() {
        long now = nanos.getAsLong();
        List<String> old = endedAt.entrySet().stream()
                .filter(entry -> now - entry.getValue() > KEPT_FOR.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        old.forEach(this::forget);
        while (endedAt.size() > MOST_KEPT) {
            forget(endedAt.keySet().iterator().next());
        }
    }

    private void forget(String id) {
        jobs.remove(id);
        endedAt.remove(id);
    }
}
