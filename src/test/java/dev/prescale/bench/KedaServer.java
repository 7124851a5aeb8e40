package dev.prescale.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.prescale.adapter.keda.ScalerOnVertx;
import dev.prescale.app.BoundedWorkers;
import dev.prescale.control.DecisionLog;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetPace;
import dev.prescale.control.RateHistory;
import dev.prescale.control.ShadowWorkload;
import dev.prescale.control.Signal;
import dev.prescale.control.SignalBoard;
import dev.prescale.control.SignalKind;
import dev.prescale.control.Signals;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.scaling.CombinedDecisionRule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One process of {@link KedaBenchmark}: a fleet in its cycles, every 15 s as in the service, and the scaler that answers for it. Reads
 * commands from its input: {@code off} ends the history, {@code report} says what has been done since the last one, {@code end}.
 */
final class KedaServer {
    private static final Instant START = Instant.parse("2024-03-04T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    /** Of the way to fresh samples of all endpoints: the load meets the heaviest cycle of ten minutes. */
    private static final Duration BEFORE_FRESH_SAMPLES = Duration.ofSeconds(30);

    private static final int MOST_FITS = 600;
    private static final int MOST_FOLLOWED = 500;
    private static final int MOST_FIRST_CYCLES = 200;

    private KedaServer() {}

    /** @param arguments number of endpoints */
    public static void main(String[] arguments) throws IOException {
        List<EndpointSpec> specs = IntStream.range(0, Integer.parseInt(arguments[0]))
                .mapToObj(FleetBenchmark::spec)
                .toList();
        int processors = Runtime.getRuntime().availableProcessors();
        SwitchedHistory history = new SwitchedHistory();
        SignalBoard board = new SignalBoard(new Signals(INTERVAL));
        ShadowWorkload workloads = new ShadowWorkload(DecisionLog.NONE);
        workloads.replaceSpecs(specs.stream().collect(Collectors.toMap(EndpointSpec::id, Function.identity())));
        try (BoundedWorkers deciders = new BoundedWorkers("decide", processors, Duration.ofMinutes(5));
                BoundedWorkers actors = new BoundedWorkers("act", 32, Duration.ofMinutes(5));
                ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor()) {
            Fleet fleet = new Fleet(
                    new Fleet.Ports(history, workloads, DecisionLog.NONE, board),
                    new Fleet.Brain(
                            new CombinedForecaster(), new DirectLeadTimeForecaster(), new CombinedDecisionRule()),
                    new FleetPace(INTERVAL, deciders, actors, MOST_FITS, MOST_FOLLOWED));
            Instant begin = fit(fleet, specs);
            AtomicReference<Instant> clock = new AtomicReference<>(begin);
            try (ScalerOnVertx scaler = new ScalerOnVertx(fleet, board, clock::get)) {
                long begun = System.nanoTime();
                AtomicInteger cycles = new AtomicInteger();
                pace.scheduleAtFixedRate(
                        () -> clock.set(begin.plusNanos(System.nanoTime() - begun)), 10, 10, TimeUnit.MILLISECONDS);
                Thread cycling = Thread.ofPlatform().daemon().start(() -> {
                    while (!Thread.interrupted()) {
                        fleet.runCycle(clock.get());
                        cycles.incrementAndGet();
                        sleepUntilNext(begun);
                    }
                });
                String distrusted = specs.stream()
                        .map(EndpointSpec::id)
                        .filter(id -> !(board.at(id, SignalKind.DEMAND, begin) instanceof Signal.Known))
                        .map(EndpointId::name)
                        .collect(Collectors.joining(","));
                System.out.printf("port %d distrusted %s%n", scaler.port(), distrusted);
                obey(history, cycles);
                cycling.interrupt();
            }
        }
    }

    private static void obey(SwitchedHistory history, AtomicInteger cycles) throws IOException {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        long cpu = process.getProcessCpuTime();
        long wall = System.nanoTime();
        int before = 0;
        String command = commands.readLine();
        while (command != null && !command.equals("end")) {
            if (command.equals("off")) {
                history.isOff.set(true);
            }
            long cpuNow = process.getProcessCpuTime();
            long wallNow = System.nanoTime();
            System.out.printf(
                    "cycles %d failed %d cores %.2f%n",
                    cycles.get() - before, history.failed.getAndSet(0), (double) (cpuNow - cpu) / (wallNow - wall));
            cpu = cpuNow;
            wall = wallNow;
            before = cycles.get();
            command = commands.readLine();
        }
    }

    /** Cycles as fast as they go until every endpoint has its forecast; returns the time from which they go on. */
    private static Instant fit(Fleet fleet, List<EndpointSpec> specs) {
        Instant now = START.plusSeconds(5);
        fleet.replaceSpecs(specs, now);
        int cycles = 0;
        do {
            fleet.runCycle(now);
            now = now.plus(INTERVAL);
            cycles++;
        } while (!FleetBenchmark.isFitted(fleet) && cycles < MOST_FIRST_CYCLES);
        Instant begin = FleetBenchmark.nextStep(now).minus(BEFORE_FRESH_SAMPLES);
        fleet.runCycle(begin);
        for (EndpointSnapshot snapshot : fleet.snapshots()) {
            if (snapshot.latest() == null) {
                throw new IllegalStateException(
                        "nothing decided for " + snapshot.spec().id());
            }
        }
        return begin;
    }

    private static void sleepUntilNext(long begun) {
        long interval = INTERVAL.toNanos();
        long passed = (System.nanoTime() - begun) % interval;
        try {
            TimeUnit.NANOSECONDS.sleep(interval - passed);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Drawn, until it is switched off: then every read fails. */
    private static final class SwitchedHistory implements RateHistory {
        private final RateHistory drawn = new DrawnHistory();
        private final AtomicBoolean isOff = new AtomicBoolean();
        private final AtomicInteger failed = new AtomicInteger();

        @Override
        public List<Answer> read(List<Query> queries, Instant now) {
            if (!isOff.get()) {
                return drawn.read(queries, now);
            }
            failed.addAndGet(queries.size());
            return queries.stream()
                    .<Answer>map(query -> new Failed("connection refused"))
                    .toList();
        }
    }
}
