package dev.prescale.adapter.keda;

import dev.prescale.adapter.keda.PushStream.State;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A bounded number of open streams. Safe for use by many threads. */
final class OpenStreams {
    /** Two per trigger of type external-push: a thousand of them. */
    static final int MOST = 2_000;

    private final Ticks ticks;
    private final LongSupplier nanoTime;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean ended;

    OpenStreams(Ticks ticks, LongSupplier nanoTime) {
        this.ticks = ticks;
        this.nanoTime = nanoTime;
    }

    /**
     * Opens one more, and sends the present state at once where there is one.
     *
     * @param repeatAfter see {@link PushStream}
     * @param whenOver told once how it ended, also where it is not opened
     */
    <T> void open(
            ServerCallStreamObserver<T> client,
            Supplier<State<T>> state,
            @Nullable Duration repeatAfter,
            Consumer<Status> whenOver) {
        Status refusal = refusal();
        if (!refusal.isOk()) {
            whenOver.accept(refusal);
            client.onError(refusal.asRuntimeException());
            return;
        }
        Ticking ticking = new Ticking();
        PushStream<T> stream = new PushStream<>(
                client, () -> ended ? new State.Gone<>() : state.get(), repeatAfter, nanoTime, status -> {
                    open.decrementAndGet();
                    whenOver.accept(status);
                    ticking.stop();
                });
        client.setOnCancelHandler(stream::cancel);
        client.setOnReadyHandler(stream::look);
        stream.look();
        if (!stream.isOver()) {
            ticking.start(ticks.everySecond(stream::look));
        }
    }

    private Status refusal() {
        if (ended) {
            return Status.UNAVAILABLE.withDescription("This replica of Prescale is shutting down.");
        }
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            return Status.RESOURCE_EXHAUSTED.withDescription(
                    "%d streams are open, more than that this replica of Prescale does not serve.".formatted(MOST));
        }
        return Status.OK;
    }

    /** Ends all of them within a second: one that stays open would hold up the end of the service. */
    void end() {
        ended = true;
    }

    int count() {
        return open.get();
    }

    /** The ticks of one stream, which may be over before they have begun. */
    private static final class Ticking {
        private @Nullable Runnable handle;
        private boolean isStopped;

        synchronized void start(Runnable stop) {
            if (isStopped) {
                stop.run();
            } else {
                handle = stop;
            }
        }

        synchronized void stop() {
            isStopped = true;
            if (handle != null) {
                handle.run();
            }
        }
    }
}
