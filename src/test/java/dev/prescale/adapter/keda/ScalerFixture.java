package dev.prescale.adapter.keda;

import static dev.prescale.testing.Snapshots.NOON;

import dev.prescale.adapter.keda.wire.ScaledObjectRef;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.FleetView;
import dev.prescale.control.SignalBoard;
import dev.prescale.control.Signals;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The scaler on loopback, with a fleet, a clock and ticks in the hands of the test. */
final class ScalerFixture implements AutoCloseable, FleetView {
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final List<String> log = new CopyOnWriteArrayList<>();
    final HandTicks ticks = new HandTicks();
    final OpenStreams streams =
            new OpenStreams(ticks, () -> Duration.between(NOON, this.now).toNanos());
    final Map<String, ScaleTargetRef> targets = new HashMap<>();
    private final SortedMap<EndpointId, EndpointSpec> specs = new TreeMap<>();
    private final SignalBoard board = new SignalBoard(new Signals(Duration.ofSeconds(15)));
    private final Server server;
    private final ManagedChannel channel;
    volatile Instant now = NOON;

    ScalerFixture() {
        this(null);
    }

    /** @param other in place of ours */
    ScalerFixture(BindableService other) {
        EndpointFinder finder = new EndpointFinder(
                () -> this,
                (namespace, name) -> Optional.ofNullable(targets.get(namespace + "/" + name)),
                () -> Duration.between(NOON, now).toNanos());
        ExternalScalerCalls ours = new ExternalScalerCalls(
                new ScalerAnswers(finder, board, () -> now),
                streams,
                new ScalerMeters(registry, streams::count),
                new RefusalLog(log::add));
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(other == null ? ours : other)
                    .directExecutor()
                    .build()
                    .start();
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
    }

    ManagedChannel channel() {
        return channel;
    }

    void specify(EndpointSpec spec) {
        specs.put(spec.id(), spec);
    }

    void forget(EndpointSpec spec) {
        specs.remove(spec.id());
    }

    /** A cycle has left these. */
    void cycle(EndpointSnapshot... snapshots) {
        for (EndpointSnapshot snapshot : snapshots) {
            specify(snapshot.spec());
        }
        board.cycleDone(now, List.of(snapshots));
    }

    static ScaledObjectRef trigger(String name, String... metadata) {
        ScaledObjectRef.Builder trigger =
                ScaledObjectRef.newBuilder().setNamespace("test").setName(name);
        for (int i = 0; i < metadata.length; i += 2) {
            trigger.putScalerMetadata(metadata[i], metadata[i + 1]);
        }
        return trigger.build();
    }

    @Override
    public List<EndpointSnapshot> snapshots() {
        return List.of();
    }

    @Override
    public Optional<EndpointSnapshot> snapshot(EndpointId endpoint) {
        return Optional.empty();
    }

    @Override
    public Optional<EndpointSpec> spec(EndpointId endpoint) {
        return Optional.ofNullable(specs.get(endpoint));
    }

    @Override
    public List<EndpointSpec> specs() {
        return List.copyOf(specs.values());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    /** Ticks when it is told to. */
    static final class HandTicks implements Ticks {
        private static final long LONGEST_MILLIS = 10_000;

        private final List<Runnable> tasks = new ArrayList<>();

        @Override
        public synchronized Runnable everySecond(Runnable task) {
            tasks.add(task);
            notifyAll();
            return () -> remove(task);
        }

        private synchronized void remove(Runnable task) {
            tasks.remove(task);
            notifyAll();
        }

        private synchronized List<Runnable> present() {
            return List.copyOf(tasks);
        }

        void tick() {
            present().forEach(Runnable::run);
        }

        int running() {
            return present().size();
        }

        /** Returns when so many are running. */
        synchronized void awaitRunning(int count) throws InterruptedException {
            long end = System.nanoTime() + LONGEST_MILLIS * 1_000_000;
            while (tasks.size() != count) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("%d are running, not %d".formatted(tasks.size(), count));
                }
                wait(left);
            }
        }
    }
}
