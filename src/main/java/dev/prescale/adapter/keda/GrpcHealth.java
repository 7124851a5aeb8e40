package dev.prescale.adapter.keda;

import dev.prescale.adapter.keda.PushStream.State;
import dev.prescale.adapter.keda.wire.ExternalScalerGrpc;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import grpc.health.v1.HealthGrpc.HealthImplBase;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The standard health service of gRPC: serving from the first control cycle to the beginning of the end, as the readiness of the REST API.
 * The frame's own one is serving as soon as there is a server, when nothing could be answered yet.
 */
@GrpcService
@Singleton
class GrpcHealth extends HealthImplBase implements FleetListener {
    /** The empty name stands for the server as a whole. */
    private static final Set<String> SERVICES = Set.of("", ExternalScalerGrpc.SERVICE_NAME);

    /** Of the contract, which is newer than the frame's copy of it. */
    private static final int SERVICE_UNKNOWN = 3;

    private final OpenStreams watches;
    private volatile boolean hasRun;
    private volatile boolean ends;

    @Inject
    GrpcHealth(Vertx vertx) {
        this(KedaScaler.ticksOf(vertx));
    }

    GrpcHealth(Ticks ticks) {
        this.watches = new OpenStreams(ticks, System::nanoTime);
    }

    @Override
    public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
        hasRun = true;
    }

    void end(@Observes ShutdownDelayInitiatedEvent event) {
        ends = true;
        watches.end();
    }

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> client) {
        if (SERVICES.contains(request.getService())) {
            client.onNext(answer(request));
            client.onCompleted();
        } else {
            client.onError(Status.NOT_FOUND
                    .withDescription("There is no such service.")
                    .asException());
        }
    }

    @Override
    public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> client) {
        watches.open(
                (ServerCallStreamObserver<HealthCheckResponse>) client,
                () -> new State.Known<>(answer(request)),
                ExternalScalerCalls.REPEAT_AFTER,
                status -> {});
    }

    private HealthCheckResponse answer(HealthCheckRequest request) {
        HealthCheckResponse.Builder answer = HealthCheckResponse.newBuilder();
        if (!SERVICES.contains(request.getService())) {
            return answer.setStatusValue(SERVICE_UNKNOWN).build();
        }
        return answer.setStatus(hasRun && !ends ? ServingStatus.SERVING : ServingStatus.NOT_SERVING)
                .build();
    }
}
