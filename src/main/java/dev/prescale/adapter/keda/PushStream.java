package dev.prescale.adapter.keda;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One open stream of states. It looks at the state now and then and sends it where it has changed and the client takes it; nothing is
 * kept for a client that does not, so that a slow or dead one costs no more than this object and gets the newest state when it reads
 * again. Safe for use by many threads.
 *
 * @param <T> a state, comparable by {@code equals}
 */
final class PushStream<T> {
    /** What there is to send at a moment. */
    sealed interface State<T> {
        record Known<T>(T value) implements State<T> {}

        /** It cannot be told now; what was sent last holds. */
        record Unknown<T>() implements State<T> {}

        /** What the stream is about is gone. */
        record Gone<T>() implements State<T> {}
    }

    private final ServerCallStreamObserver<T> client;
    private final Supplier<State<T>> state;
    private final @Nullable Duration repeatAfter;
    private final LongSupplier nanoTime;
    private final Consumer<Status> whenOver;
    private @Nullable T sent;
    private long sentAt;
    private boolean isOver;

    /**
     * @param repeatAfter how long after a state was sent it is sent again; null for never
     * @param whenOver told once how the stream ended
     */
    PushStream(
            ServerCallStreamObserver<T> client,
            Supplier<State<T>> state,
            @Nullable Duration repeatAfter,
            LongSupplier nanoTime,
            Consumer<Status> whenOver) {
        this.client = client;
        this.state = state;
        this.repeatAfter = repeatAfter;
        this.nanoTime = nanoTime;
        this.whenOver = whenOver;
    }

    /** Sends what is new, if the client can take it. */
    synchronized void look() {
        if (isOver) {
            return;
        }
        if (client.isCancelled()) {
            over(Status.CANCELLED);
            return;
        }
        switch (state.get()) {
            case State.Known<T>(T value) -> {
                if (client.isReady() && isDue(value)) {
                    sent = value;
                    sentAt = nanoTime.getAsLong();
                    client.onNext(value);
                }
            }
            case State.Unknown<T> ignored -> {}
            case State.Gone<T> ignored -> end();
        }
    }

    private boolean isDue(T value) {
        return !value.equals(sent) || repeatAfter != null && nanoTime.getAsLong() - sentAt >= repeatAfter.toNanos();
    }

    /** Ends it in order, which lets the client come back without waiting longer and longer. */
    synchronized void end() {
        if (!isOver) {
            over(Status.OK);
            client.onCompleted();
        }
    }

    /** The client is gone. */
    synchronized void cancel() {
        if (!isOver) {
            over(Status.CANCELLED);
        }
    }

    private void over(Status status) {
        isOver = true;
        whenOver.accept(status);
    }

    synchronized boolean isOver() {
        return isOver;
    }
}
