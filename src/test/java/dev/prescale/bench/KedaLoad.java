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
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * One process of {@link KedaBenchmark}: pairs of {@code GetMetrics} and, after its answer, {@code IsActive}, as KEDA reads a trigger, over
 * one connection and by a fixed schedule. A pair's latency counts from the moment that the schedule has for it, so that a server that stalls
 * does not slow down who measures it.
 */
final class KedaLoad {
    private static final long LONGEST_SECONDS = 30;
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
        int pairs = rate * seconds;
        long[] latencies = new long[pairs];
        Map<Status.Code, AtomicInteger> failures = new ConcurrentHashMap<>();
        CountDownLatch open = new CountDownLatch(pairs);
        long begun = System.nanoTime();
        for (int k = 0; k < pairs; k++) {
            long intended = begun + k * 1_000_000_000L / rate;
            while (System.nanoTime() < intended) {
                LockSupport.parkNanos(intended - System.nanoTime());
            }
            new Pair(k, intended, latencies, failures, open).begin();
        }
        double sent = 1e-9 * (System.nanoTime() - begun);
        boolean isComplete = open.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        double took = 1e-9 * (System.nanoTime() - begun);
        Arrays.sort(latencies);
        return String.format(
                Locale.ROOT,
                "%,.0f sent, %,.0f done | %.2f | %.2f | %.2f | %.1f | %s",
                pairs / sent,
                (pairs - open.getCount()) / took,
                millis(latencies, 0.5),
                millis(latencies, 0.99),
                millis(latencies, 0.999),
                millis(latencies, 1),
                isComplete && failures.isEmpty() ? "none" : new TreeMap<>(failures) + " unanswered=" + open.getCount());
    }

    private static double millis(long[] sorted, double quantile) {
        return 1e-6 * sorted[(int) Math.min(sorted.length - 1, Math.round(quantile * sorted.length))];
    }

    private final class Pair {
        private final int number;
        private final long intended;
        private final long[] latencies;
        private final Map<Status.Code, AtomicInteger> failures;
        private final CountDownLatch open;

        Pair(
                int number,
                long intended,
                long[] latencies,
                Map<Status.Code, AtomicInteger> failures,
                CountDownLatch open) {
            this.number = number;
            this.intended = intended;
            this.latencies = latencies;
            this.failures = failures;
            this.open = open;
        }

        void begin() {
            int endpoint = number % triggers.length;
            GetMetricsRequest request = GetMetricsRequest.newBuilder()
                    .setScaledObjectRef(triggers[endpoint])
                    .setMetricName(triggers[endpoint].getScalerMetadataOrThrow(METRIC))
                    .build();
            scaler.getMetrics(request, new Answered<GetMetricsResponse>() {
                @Override
                public void onCompleted() {
                    scaler.isActive(triggers[endpoint], new Answered<IsActiveResponse>() {
                        @Override
                        public void onCompleted() {
                            over();
                        }
                    });
                }
            });
        }

        private void over() {
            latencies[number] = System.nanoTime() - intended;
            open.countDown();
        }

        private abstract class Answered<T> implements StreamObserver<T> {
            @Override
            public void onNext(T answer) {}

            @Override
            public void onError(Throwable fault) {
                failures.computeIfAbsent(Status.fromThrowable(fault).getCode(), code -> new AtomicInteger())
                        .incrementAndGet();
                over();
            }
        }
    }
}
