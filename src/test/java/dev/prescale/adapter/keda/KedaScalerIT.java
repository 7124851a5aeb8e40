package dev.prescale.adapter.keda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.prescale.adapter.keda.wire.ExternalScalerGrpc;
import dev.prescale.adapter.keda.wire.GetMetricSpecResponse;
import dev.prescale.adapter.keda.wire.IsActiveResponse;
import dev.prescale.adapter.keda.wire.ScaledObjectRef;
import dev.prescale.testing.TcpRelay;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service as KEDA calls it, on the port of REST. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KedaScalerIT {
    private static final int LAST = Integer.MAX_VALUE;
    private static final ScaledObjectRef TRIGGER = ScaledObjectRef.newBuilder()
            .setNamespace("shop")
            .setName("chat-so")
            .putScalerMetadata("endpoint", "chat")
            .putScalerMetadata("metric", "replicas")
            .putScalerMetadata("scalerAddress", "prescale.prescale:8080")
            .build();

    @TempDir
    static Path folder;

    private static ScalerService service;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() throws Exception {
        service = ScalerService.start(folder, Map.of());
        service.writeHistory();
        channel = ScalerService.plain(service.port);
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> new KedaCalls(channel, TRIGGER).read("replicas").value() > 0);
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        service.close();
    }

    @Test
    void answersSpecValueAndActivity() {
        KedaCalls keda = new KedaCalls(channel, TRIGGER);

        assertThat(keda.spec().getMetricSpecs(0).getTargetSizeFloat()).isEqualTo(1);
        assertThat(keda.read("replicas").isActive()).isTrue();
        assertThat(keda.read("s0-replicas").value()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void standardHealthIsServed() {
        var health = HealthGrpc.newBlockingStub(channel);

        for (String name : new String[] {"", "externalscaler.ExternalScaler"}) {
            HealthCheckRequest request =
                    HealthCheckRequest.newBuilder().setService(name).build();
            assertThat(health.check(request).getStatus()).isEqualTo(ServingStatus.SERVING);
            assertThat(health.watch(request).next().getStatus()).isEqualTo(ServingStatus.SERVING);
        }
        assertThatThrownBy(() -> health.check(
                        HealthCheckRequest.newBuilder().setService("other").build()))
                .hasMessageStartingWith("NOT_FOUND");
    }

    @Test
    void reflectionNamesTheService() throws InterruptedException {
        StringBuilder names = new StringBuilder();
        CountDownLatch answered = new CountDownLatch(1);
        var requests = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new StreamObserver<>() {
            @Override
            public void onNext(ServerReflectionResponse answer) {
                names.append(answer);
                answered.countDown();
            }

            @Override
            public void onError(Throwable fault) {
                names.append(fault);
                answered.countDown();
            }

            @Override
            public void onCompleted() {}
        });
        requests.onNext(
                ServerReflectionRequest.newBuilder().setListServices("*").build());

        assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
        requests.onCompleted();
        assertThat(names.toString()).contains("externalscaler.ExternalScaler", "grpc.health.v1.Health");
    }

    /** And the connection, which KEDA has only one of, is as good as before. */
    @Test
    void metadataOfTenMegabytesIsRefused() {
        KedaCalls keda = new KedaCalls(
                channel,
                TRIGGER.toBuilder()
                        .putScalerMetadata("caCert", "x".repeat(10 << 20))
                        .build());

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(keda::spec).hasMessageStartingWith("RESOURCE_EXHAUSTED");
            assertThat(new KedaCalls(channel, TRIGGER).read("replicas").value()).isGreaterThanOrEqualTo(1);
        }
    }

    /** A header of ten megabytes is refused by the client itself, which knows the server's bound, or by the server. */
    @Test
    void aHeaderOfTenMegabytesIsRefused() {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("big", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(10 << 20));
        var stub = ExternalScalerGrpc.newBlockingStub(channel)
                .withInterceptors(io.grpc.stub.MetadataUtils.newAttachHeadersInterceptor(headers));

        assertThatThrownBy(() -> stub.isActive(TRIGGER)).isInstanceOf(io.grpc.StatusRuntimeException.class);
        assertThat(new KedaCalls(channel, TRIGGER).read("replicas").value()).isGreaterThanOrEqualTo(1);
    }

    /** A tenth of them never reads. */
    @Test
    void fiveHundredStreamsAreFedAndGoWithTheirConnection() throws Exception {
        AtomicInteger fed = new AtomicInteger();
        try (TcpRelay relay = new TcpRelay(service.port)) {
            ManagedChannel killed = ScalerService.plain(relay.port());
            for (int i = 0; i < 500; i++) {
                boolean reads = i % 10 != 0;
                ClientCall<ScaledObjectRef, IsActiveResponse> call =
                        killed.newCall(ExternalScalerGrpc.getStreamIsActiveMethod(), CallOptions.DEFAULT);
                if (reads) {
                    ClientCalls.asyncServerStreamingCall(call, TRIGGER, counting(fed));
                } else {
                    call.start(new ClientCall.Listener<>() {}, new Metadata());
                    call.sendMessage(TRIGGER);
                    call.halfClose();
                }
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> fed.get() >= 450);
            await().atMost(Duration.ofSeconds(30)).until(() -> service.openStreams() >= 500);
            assertThat(new KedaCalls(channel, TRIGGER).read("replicas").value()).isGreaterThanOrEqualTo(1);

            relay.close();
            killed.shutdownNow();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> service.openStreams() < 10);
    }

    private static StreamObserver<IsActiveResponse> counting(AtomicInteger fed) {
        return new StreamObserver<>() {
            @Override
            public void onNext(IsActiveResponse state) {
                fed.incrementAndGet();
            }

            @Override
            public void onError(Throwable fault) {}

            @Override
            public void onCompleted() {}
        };
    }

    @Test
    void aTargetThatChangesIsPushedAndGetMetricSpecSaysTheSame() throws Exception {
        ScaledObjectRef demand =
                TRIGGER.toBuilder().putScalerMetadata("metric", "demand").build();
        var stub = ExternalScalerGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
        Iterator<GetMetricSpecResponse> stream = stub.streamMetricSpec(demand);
        assertThat(stream.next().getMetricSpecs(0).getTargetSizeFloat()).isEqualTo(12);

        ScalerService.specify(service.specification, 15);
        GetMetricSpecResponse pushed = stream.next();

        assertThat(pushed.getMetricSpecs(0).getTargetSizeFloat()).isEqualTo(15);
        assertThat(stub.getMetricSpec(demand)).isEqualTo(pushed);
        ScalerService.specify(service.specification, 12);
        assertThat(stream.next().getMetricSpecs(0).getTargetSizeFloat()).isEqualTo(12);
    }

    @Test
    @Order(LAST)
    void streamsEndInOrderWithTheService() throws Exception {
        Iterator<IsActiveResponse> stream = ExternalScalerGrpc.newBlockingStub(channel)
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .streamIsActive(TRIGGER);
        assertThat(stream.next().getResult()).isTrue();

        service.process.terminate();

        while (stream.hasNext()) {
            stream.next();
        }
        assertThat(service.process.exitCode()).isEqualTo(143);
    }
}
