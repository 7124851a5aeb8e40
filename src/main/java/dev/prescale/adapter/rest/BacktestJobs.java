package dev.prescale.adapter.rest;

import dev.prescale.config.BacktestRequest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Of all replays together, by {@link Replayed#bytes}: some fifty of a week under two policies, or four of a month under all. */
    static final long MOST_REPLAY_BYTES = 64L << 20;

    /** What a small backtest takes. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final BacktestEngine engine;
    private final LongSupplier nanos;
    private final long mostReplayBytes;
    private final ThreadPoolExecutor thread;
    /** Oldest first. */
    private final Map<String, BacktestJob> jobs = new LinkedHashMap<>();

    private final Map<String, Long> endedAt = new LinkedHashMap<>();
    private boolean closed;

    @Inject
    BacktestJobs(BacktestEngine engine) {
        this(engine, System::nanoTime, MOST_REPLAY_BYTES);
    }

    /**
     * @param nanos a clock that nobody sets: the service's own may be simulated
     * @param mostReplayBytes of all replays together
     */
    BacktestJobs(BacktestEngine engine, LongSupplier nanos, long mostReplayBytes) {
        this.mostReplayBytes = mostReplayBytes;
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
            forgetOldReplays();
        }
    }

    /** The newest stays whatever its size, which the bounds of a request bound too. */
    private void forgetOldReplays() {
        long bytes = 0;
        for (BacktestJob job : newest(endedAt.keySet())) {
            long before = bytes;
            bytes += job.replay().map(Replayed::bytes).orElse(0L);
            if (before > 0 && bytes > mostReplayBytes) {
                job.forgetReplay();
            }
        }
    }

    private List<BacktestJob> newest(Collection<String> ids) {
        return List.copyOf(ids).reversed().stream()
                .map(jobs::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** What came of a backtest; a 404 problem where there is nothing, 410 where there is nothing any more. */
    Replayed replayOf(String id) {
        BacktestJob job = get(id);
        return job.replay().orElseThrow(() -> switch (job.state().status()) {
            case Running ->
                ProblemException.ofStatus(404, "Backtest %s has nothing to show yet: it has not ended.".formatted(id));
            case Failed -> ProblemException.ofStatus(404, "Backtest %s has nothing to show: it failed.".formatted(id));
            case Done ->
                ProblemException.ofStatus(
                        410,
                        "The replay of backtest %s was let go to make room for newer ones; its result is still there. The same request gives it again."
                                .formatted(id));
        });
    }

    /** A 404 problem where there is none of this id. */
    BacktestJob get(String id) {
        return find(id).orElseThrow(() -> ProblemException.ofStatus(
                404,
                "There is no backtest %s; GET %s lists all. Results are kept for an hour."
                        .formatted(id, BacktestResource.PATH)));
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
