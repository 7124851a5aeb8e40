package dev.prescale.adapter.keda;

import dev.prescale.control.FleetView;
import dev.prescale.control.ScaledObjects;
import dev.prescale.control.SignalBoard;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServiceBridge;
import java.time.InstantSource;

/** The scaler on the HTTP server that the service has, without the rest of the service. For benchmarks. */
public final class ScalerOnVertx implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    public ScalerOnVertx(FleetView fleet, SignalBoard board, InstantSource clock) {
        OpenStreams streams = new OpenStreams(
                task -> {
                    long timer = vertx.setPeriodic(1_000, id -> task.run());
                    return () -> vertx.cancelTimer(timer);
                },
                System::nanoTime);
        ExternalScalerCalls calls = new ExternalScalerCalls(
                new ScalerAnswers(new EndpointFinder(() -> fleet, ScaledObjects.NONE, System::nanoTime), board, clock),
                streams,
                new ScalerMeters(new SimpleMeterRegistry(), streams::count),
                new RefusalLog(line -> {}));
        GrpcServer grpc = GrpcServer.server(vertx);
        GrpcServiceBridge.bridge(calls).bind(grpc);
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(grpc)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
