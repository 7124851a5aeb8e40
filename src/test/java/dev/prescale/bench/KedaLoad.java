package dev.prescale.bench;

import dev.prescale.adapter.keda.wire.ExternalScalerGrpc;
import dev.prescale.adapter.keda.wire.ExternalScalerGrpc.ExternalScalerStub;
import dev.prescale.adapter.keda.wire.GetMetricsRequest;
import dev.prescale.adapter.keda.wire.GetMetricsResponse;
import dev.prescale.adapter.keda.wire.IsActiveResponse;
import dev.prescale.adapter.keda.wire.ScaledObjectRef;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One process of {@link KedaBenchmark}: pairs of {@code GetMetrics} and, after its answer, {@code IsActive}, as KEDA reads a trigger, over
 * one connection and by a fixed schedule ({@link PacedLoad}).
 */
final class KedaLoad {
    private static final String METRIC = "metric";

    private final ExternalScalerStub scaler;
    private final ScaledObjectRef[] triggers;

    /** @param distrusted endpoints that have no demand to tell */
    private KedaLoad(ManagedChannel channel, int endpoints, Set<String> distrusted) {
        this.scaler = ExternalScalerGrpc.newStub(channel);
        this.triggers = IntStream.range(0, endpoints)
                .mapToObj(number -> trigger(number, distrusted))
                .toArray(ScaledObjectRef[]::new);
    }

    /** Every other one asks for replicas, and those do that have no demand. */
    private static ScaledObjectRef trigger(int number, Set<String> distrusted) {
        String endpoint = "e" + number;
        return ScaledObjectRef.newBuilder()
                .setNamespace("test")
                .setName("so" + number)
                .putScalerMetadata("scalerAddress", "prescale.prescale:8080")
                .putScalerMetadata("endpoint", endpoint)
                .putScalerMetadata(METRIC, number % 2 == 1 || distrusted.contains(endpoint) ? "replicas" : "demand")
                .build();
    }

    /**
     * Reads from its input how many seconds to run, and runs, until there is nothing to read.
     *
     * @param arguments port, number of endpoints, pairs per second, and, separated by commas, endpoints without a demand
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(arguments[0]))
                .usePlaintext()
                .directExecutor()
                .build();
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Set<String> distrusted = arguments.length > 3 ? Set.of(arguments[3].split(",")) : Set.of();
            KedaLoad load = new KedaLoad(channel, Integer.parseInt(arguments[1]), distrusted);
            String seconds = commands.readLine();
            while (seconds != null) {
                System.out.println(load.run(Integer.parseInt(arguments[2]), Integer.parseInt(seconds)));
                seconds = commands.readLine();
            }
        } finally {
            channel.shutdownNow();
        }
    }

    private String run(int rate, int seconds) throws InterruptedException {
        return PacedLoad.run(rate, seconds, this::begin).row();
    }

    private void begin(int number, PacedLoad.Call call) {
        int endpoint = number % triggers.length;
        GetMetricsRequest request = GetMetricsRequest.newBuilder()
                .setScaledObjectRef(triggers[endpoint])
                .setMetricName(triggers[endpoint].getScalerMetadataOrThrow(METRIC))
                .build();
        scaler.getMetrics(request, new Answered<GetMetricsResponse>(call) {
            @Override
            public void onCompleted() {
                scaler.isActive(triggers[endpoint], new Answered<IsActiveResponse>(call) {
                    @Override
                    public void onCompleted() {
                        call.answered();
                    }
                });
            }
        });
    }

    private abstract static class Answered<T> implements StreamObserver<T> {
        private final PacedLoad.Call call;

        Answered(PacedLoad.Call call) {
            this.call = call;
        }

        @Override
        public void onNext(T answer) {}

        @Override
        public void onError(Throwable fault) {
            call.failed(Status.fromThrowable(fault).getCode().name());
        }
    }
}
