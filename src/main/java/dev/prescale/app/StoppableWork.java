package dev.prescale.app;

import dev.prescale.backtest.BacktestWatch;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Long work of a command that Ctrl-C asks to stop: the process ends once the work has cleaned up behind itself, at the latest
 * after {@link #PATIENCE_SECONDS}, with the exit code that the system gives an interrupted program (130).
 */
final class StoppableWork implements BacktestWatch, AutoCloseable {
    /** Exit code of a program that Ctrl-C ended. */
    static final int INTERRUPTED = 130;

    private static final long PATIENCE_SECONDS = 20;

    private final ProgressLine progress;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread stopper = new Thread(this::stop, "prescale-stop");
    private volatile boolean stopped;

    StoppableWork(ProgressLine progress) {
        this.progress = progress;
        Runtime.getRuntime().addShutdownHook(stopper);
    }

    private void stop() {
        stopped = true;
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("prescale: gave up waiting for the work to end");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void progress(double share) {
        progress.show(share);
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public void close() {
        progress.close();
        ended.countDown();
        if (!stopped) {
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException alreadyEnding) {
            // the hook runs and finds the work ended
        }
    }
}
