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

/** A thread per processor. A task must not start others on it and wait for them. */
final class ProcessorPool implements Parallel, AutoCloseable {
    private final ExecutorService threads;

    /** @param name of the threads */
    ProcessorPool(String name) {
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), work -> {
            Thread thread = new Thread(work, "prescale-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
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
