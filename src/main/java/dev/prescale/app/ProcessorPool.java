package dev.prescale.app;

import dev.prescale.backtest.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A fixed number of threads. A task must not start others on it and wait for them. */
final class ProcessorPool implements Parallel, AutoCloseable {
    private final ExecutorService threads;

    /**
     * A thread per processor.
     *
     * @param name of the threads
     */
    ProcessorPool(String name) {
        this(name, Runtime.getRuntime().availableProcessors(), Thread.NORM_PRIORITY);
    }

    private ProcessorPool(String name, int size, int priority) {
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(size, work -> {
            Thread thread = new Thread(work, "prescale-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setPriority(priority);
            return thread;
        });
    }

    /**
     * For work beside the service: one processor fewer (at least one thread), at the lowest priority where the system heeds it.
     */
    static ProcessorPool besideTheService(String name) {
        int spare = Runtime.getRuntime().availableProcessors() - 1;
        return new ProcessorPool(name, Math.max(1, spare), Thread.MIN_PRIORITY);
    }

    @Override
    public <T> List<T> run(List<Supplier<T>> tasks) {
        List<Future<T>> futures = new ArrayList<>(tasks.size());
        tasks.forEach(task -> futures.add(threads.submit(task::get)));
        List<T> results = new ArrayList<>(tasks.size());
        RuntimeException fault = null;
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException failed) {
                fault = first(fault, failed.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", stopped);
            }
        }
        if (fault != null) {
            throw fault;
        }
        return results;
    }

    private static RuntimeException first(@Nullable RuntimeException earlier, @Nullable Throwable cause) {
        if (earlier != null) {
            return earlier;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
