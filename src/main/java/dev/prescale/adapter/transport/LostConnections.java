package dev.prescale.adapter.transport;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.spi.Prioritized;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells a call that its connection is lost. Vert.x 4.5 does so for streams that a client resets, and not for connections that break after
 * the request has been read: a stream to a client that was killed would stay open for ever.
 */
@GlobalInterceptor
@Singleton
class LostConnections implements ServerInterceptor, Prioritized {
    @Override
    public <I, O> Listener<I> interceptCall(ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
        AtomicBoolean isOver = new AtomicBoolean();
        Listener<I> listener = new CancelledOnce<>(next.startCall(new Closing<>(call, isOver), headers), isOver);
        Context context = Vertx.currentContext();
        RoutingContext request = context == null ? null : context.getLocal(RoutingContext.class.getName());
        if (request != null) {
            // the end of a response that we have not closed; Vert.x calls it a success
            request.addEndHandler(ended -> listener.onCancel());
        }
        return listener;
    }

    /** Outside of all others, while the request is still at hand. */
    @Override
    public int getPriority() {
        return Integer.MAX_VALUE;
    }

    private static final class Closing<I, O> extends SimpleForwardingServerCall<I, O> {
        private final AtomicBoolean isOver;

        Closing(ServerCall<I, O> call, AtomicBoolean isOver) {
            super(call);
            this.isOver = isOver;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            isOver.set(true);
            super.close(status, trailers);
        }
    }

    /** And not after the end. */
    private static final class CancelledOnce<I> extends SimpleForwardingServerCallListener<I> {
        private final AtomicBoolean isOver;

        CancelledOnce(Listener<I> delegate, AtomicBoolean isOver) {
            super(delegate);
            this.isOver = isOver;
        }

        @Override
        public void onCancel() {
            if (isOver.compareAndSet(false, true)) {
                super.onCancel();
            }
        }
    }
}
