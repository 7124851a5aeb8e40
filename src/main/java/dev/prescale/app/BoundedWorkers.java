package dev.prescale.app;

import dev.prescale.control.EndpointId;
import dev.prescale.control.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** A fixed number of threads for the work of many endpoints, which is waited for no longer than a given time. */
public final class BoundedWorkers implements Workers, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BoundedWorkers.class);

    /** The longest request. */
    private static final Duration LONGEST_END = Duration.ofSeconds(6);

    private final ExecutorService threads;
    private final Duration patience;
    private final Set<EndpointId> busy = ConcurrentHashMap.newKeySet();

    /** @param name of the threads */
    public BoundedWorkers(String name, int threads, Duration patience) {
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "prescale-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.patience = patience;
    }

    @Override
    public Undone run(Map<EndpointId, Runnable> work) {
        if (work.isEmpty()) {
            return Undone.NOTHING;
        }
        CountDownLatch undone = new CountDownLatch(work.size());
        List<Piece> pieces = new ArrayList<>(work.size());
        work.forEach((endpoint, task) -> pieces.add(new Piece(endpoint, task, undone)));
        pieces.forEach(threads::execute);
        if (isDoneInTime(undone)) {
            return Undone.NOTHING;
        }
        Set<EndpointId> begun = new HashSet<>();
        Set<EndpointId> dropped = new HashSet<>();
        for (Piece piece : pieces) {
            switch (piece.giveUp()) {
                case WAITING -> dropped.add(piece.endpoint);
                case BEGUN -> begun.add(piece.endpoint);
                case DONE, DROPPED -> {}
            }
        }
        return new Undone(begun, dropped);
    }

    private boolean isDoneInTime(CountDownLatch undone) {
        try {
            return undone.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean isBusy(EndpointId endpoint) {
        return busy.contains(endpoint);
    }

    /** Lets what has begun end, and waits for it a few seconds; nothing more is begun. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("Some work is not done at the end");
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private enum Stage {
        WAITING,
        BEGUN,
        DONE,
        DROPPED
    }

    /** One endpoint's work. */
    private final class Piece implements Runnable {
        private final EndpointId endpoint;
        private final Runnable task;
        private final CountDownLatch undone;
        private Stage stage = Stage.WAITING;

        Piece(EndpointId endpoint, Runnable task, CountDownLatch undone) {
            this.endpoint = endpoint;
            this.task = task;
            this.undone = undone;
        }

        @Override
        public void run() {
            if (!begin()) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException fault) {
                LOG.errorf(fault, "Work of %s failed", endpoint);
            } finally {
                end();
                undone.countDown();
            }
        }

        private synchronized boolean begin() {
            if (stage != Stage.WAITING) {
                return false;
            }
            stage = Stage.BEGUN;
            busy.add(endpoint);
            return true;
        }

        private synchronized void end() {
            stage = Stage.DONE;
            busy.remove(endpoint);
        }

        /** Drops the piece where it has not begun; tells what it was. */
        private synchronized Stage giveUp() {
            Stage before = stage;
            stage = before == Stage.WAITING ? Stage.DROPPED : before;
            return before;
        }
    }
}
