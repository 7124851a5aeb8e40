package dev.prescale.adapter.rest;

import dev.prescale.backtest.BacktestWatch;
import dev.prescale.config.BacktestRequest;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** One backtest from its acceptance on: waits, runs, and has a result or a reason why it has none. */
final class BacktestJob implements Runnable, BacktestWatch {
    private static final Logger LOG = Logger.getLogger(BacktestJob.class);

    private final String trace;
    private final Runnable ended;
    private Optional<Work> work;
    private volatile boolean stopped;
    private volatile BacktestState state;
    private volatile Optional<Replayed> replay = Optional.empty();

    private record Work(BacktestEngine engine, BacktestRequest request) {}

    /** @param ended told once, whatever the end */
    BacktestJob(String id, BacktestEngine engine, BacktestRequest request, Runnable ended) {
        this.trace = request.setup().endpoints().getFirst().trace().name();
        this.work = Optional.of(new Work(engine, request));
        this.ended = ended;
        this.state = BacktestState.running(id, 0);
    }

    String id() {
        return state.id();
    }

    /** Name of what is replayed. */
    String trace() {
        return trace;
    }

    BacktestState state() {
        return state;
    }

    /** Empty before the end, of one that failed, and once it was let go. */
    Optional<Replayed> replay() {
        return replay;
    }

    void forgetReplay() {
        replay = Optional.empty();
    }

    @Override
    public void run() {
        try {
            Optional<Work> begun = takeWork();
            if (begun.isPresent()) {
                Optional<Replayed> replayed =
                        begun.get().engine().run(begun.get().request(), this);
                replayed.ifPresent(found -> end(present -> {
                    replay = replayed;
                    return present.done(ReplayResult.of(found.result()));
                }));
            }
        } catch (RuntimeException fault) {
            if (!stopped) {
                LOG.errorf(fault, "Backtest %s failed", id());
            }
        } finally {
            // also after an Error, which goes on to whoever keeps the thread
            end(present -> present.failed(
                    "The replay failed; the log of the service says why under the id of this backtest."));
        }
    }

    /** What is replayed may be large and is not kept for as long as the result is. */
    private synchronized Optional<Work> takeWork() {
        Optional<Work> taken = work;
        work = Optional.empty();
        return taken;
    }

    /** Ends it now for everybody who looks; where it runs, the engine learns of it the next time it asks. */
    void stop(String why) {
        stopped = true;
        takeWork();
        end(present -> present.failed(why));
    }

    private void end(UnaryOperator<BacktestState> end) {
        synchronized (this) {
            if (state.hasEnded()) {
                return;
            }
            state = end.apply(state);
        }
        ended.run();
    }

    @Override
    public synchronized void progress(double share) {
        if (!state.hasEnded() && share > state.progress()) {
            state = BacktestState.running(state.id(), share);
        }
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }
}
