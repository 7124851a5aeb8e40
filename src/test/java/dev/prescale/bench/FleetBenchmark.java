package dev.prescale.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.prescale.adapter.sqlite.SqliteStore;
import dev.prescale.app.BoundedWorkers;
import dev.prescale.control.DecisionLog;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetListener;
import dev.prescale.control.FleetPace;
import dev.prescale.control.ShadowWorkload;
import dev.prescale.control.TrafficSource;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.RateReading;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import dev.prescale.testing.Specs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a cycle of a whole fleet costs: endpoints with 28 days at a step of ten minutes each, through the production cycle with the
 * workers of the service, samples from {@link DrawnHistory}. The clock is that of the samples, so that cycles follow each other at
 * once. Prints for each fleet how long the first cycles took until all was fitted, the cycle in which every endpoint has a fresh
 * sample, the 39 cycles after it until the next one, and the heap in use after a full collection. Not a JMH benchmark: one run of
 * minutes tells more than many of one endpoint.
 *
 * <pre>
 * make bench-fleet                       # 100, 1,000 and 10,000 endpoints, the largest with a SQLite journal too
 * make bench-fleet ENDPOINTS=500 HEAP=512m
 * </pre>
 */
public final class FleetBenchmark {
    private static final Instant START = Instant.parse("2024-03-04T00:00:00Z");
    private static final Step TEN_MINUTES = new Step(600);
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final int CYCLES_PER_STEP = 40;
    /** As the service has them on two processors. */
    private static final int THREADS = 2;

    private static final int MOST_FITS = 600;
    private static final int MOST_FOLLOWED = 500;
    private static final int MOST_FIRST_CYCLES = 200;

    private final StringBuilder report = new StringBuilder();

    /** @param arguments numbers of endpoints; none for 100, 1,000 and 10,000 */
    public static void main(String[] arguments) throws IOException {
        FleetBenchmark benchmark = new FleetBenchmark();
        benchmark.print(Machine.line() + "\n");
        benchmark.print("| endpoints | journal | first cycles s (until fitted) | fresh samples s | other cycles s, mean"
                + " | worst | CPU ms per endpoint and ten minutes | heap in use MB | kB per endpoint |");
        benchmark.print("|--:|---|--:|--:|--:|--:|--:|--:|--:|");
        List<Integer> sizes = arguments.length == 0
                ? List.of(100, 1_000, 10_000)
                : Stream.of(arguments).map(Integer::parseInt).toList();
        for (int endpoints : sizes) {
            benchmark.run(endpoints, false);
        }
        benchmark.run(sizes.getLast(), true);
        benchmark.print(
                "\nLargest heap allowed: %,d MB.".formatted(Runtime.getRuntime().maxMemory() >> 20));
        String store = System.getProperty("prescale.bench.store", "");
        if (!store.isEmpty()) {
            Benchmarks.StoredText.replace(Path.of(store), "fleet", benchmark.report.toString());
        }
    }

    private void run(int endpoints, boolean isJournalled) throws IOException {
        Path folder = Files.createTempDirectory("prescale-bench-");
        try {
            if (isJournalled) {
                try (SqliteStore store = SqliteStore.open(folder)) {
                    run(endpoints, "SQLite", store.decisions());
                }
            } else {
                run(endpoints, "none", DecisionLog.NONE);
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(FleetBenchmark::delete);
            }
        }
    }

    private void run(int endpoints, String journal, DecisionLog log) {
        long before = heapInUse();
        List<EndpointSpec> specs = new ArrayList<>();
        for (int k = 0; k < endpoints; k++) {
            specs.add(spec(k));
        }
        ShadowWorkload workloads = new ShadowWorkload(log);
        workloads.replaceSpecs(specs.stream().collect(Collectors.toMap(EndpointSpec::id, Function.identity())));
        try (BoundedWorkers deciders = new BoundedWorkers("decide", THREADS, Duration.ofMinutes(5));
                BoundedWorkers actors = new BoundedWorkers("act", 32, Duration.ofMinutes(5))) {
            Fleet fleet = new Fleet(
                    new Fleet.Ports(new DrawnHistory(), workloads, log, FleetListener.NONE),
                    new Fleet.Brain(
                            new CombinedForecaster(), new DirectLeadTimeForecaster(), new CombinedDecisionRule()),
                    new FleetPace(INTERVAL, deciders, actors, MOST_FITS, MOST_FOLLOWED));
            Instant now = START.plusSeconds(5);
            long begun = System.nanoTime();
            fleet.replaceSpecs(specs, now);
            int first = 0;
            do {
                fleet.runCycle(now);
                now = now.plus(INTERVAL);
                first++;
            } while (!isFitted(fleet) && first < MOST_FIRST_CYCLES);
            double firstSeconds = seconds(begun);

            now = nextStep(now);
            OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long cpu = process.getProcessCpuTime();
            double[] took = new double[CYCLES_PER_STEP];
            for (int k = 0; k < took.length; k++) {
                long cycle = System.nanoTime();
                fleet.runCycle(now);
                took[k] = seconds(cycle);
                now = now.plus(INTERVAL);
            }
            double cpuMillis = 1e-6 * (process.getProcessCpuTime() - cpu) / endpoints;
            long heap = heapInUse() - before;
            requireDecided(fleet, endpoints);
            double mean = 0;
            double worst = 0;
            for (int k = 1; k < took.length; k++) {
                mean += took[k] / (took.length - 1);
                worst = Math.max(worst, took[k]);
            }
            print(String.format(
                    Locale.ROOT,
                    "| %,d | %s | %.1f (%d cycles) | %.2f | %.2f | %.2f | %.1f | %,d | %.0f |",
                    endpoints,
                    journal,
                    firstSeconds,
                    first,
                    took[0],
                    mean,
                    worst,
                    cpuMillis,
                    heap >> 20,
                    heap / 1024.0 / endpoints));
        }
    }

    static EndpointSpec spec(int number) {
        EndpointSpec minutes = Specs.anEndpoint("e" + number);
        TrafficSource source = new TrafficSource(
                "traffic",
                "requests",
                "count",
                Map.of(DrawnHistory.TAG, Integer.toString(number)),
                SampleKind.COUNT,
                TEN_MINUTES,
                null);
        return new EndpointSpec(
                minutes.id(),
                minutes.mode(),
                minutes.scaleTargetRef(),
                minutes.policy(),
                minutes.calendar(),
                source,
                minutes.history(),
                Map.of(),
                minutes.pausing());
    }

    static boolean isFitted(Fleet fleet) {
        return fleet.snapshots().stream()
                .allMatch(snapshot -> snapshot.leadTimeDemand() != null && snapshot.forecast() != null);
    }

    static Instant nextStep(Instant now) {
        long step = TEN_MINUTES.seconds();
        return Instant.ofEpochSecond((now.getEpochSecond() / step + 1) * step + 5);
    }

    /** A fast cycle that decided nothing would be worth nothing. */
    private static void requireDecided(Fleet fleet, int endpoints) {
        List<EndpointSnapshot> snapshots = fleet.snapshots();
        boolean isComplete = snapshots.size() == endpoints
                && snapshots.stream()
                        .allMatch(snapshot -> snapshot.requestRate() instanceof RateReading.Known
                                && snapshot.latest() != null
                                && snapshot.latest().decision().trail().stream()
                                        .anyMatch(reason -> reason.rule().equals("forecast")
                                                || reason.rule().equals("presentLoad")
                                                || reason.rule().equals("requestRate")));
        if (!isComplete) {
            throw new IllegalStateException("an endpoint has no decision on a fresh rate");
        }
    }

    private static double seconds(long begun) {
        return 1e-9 * (System.nanoTime() - begun);
    }

    private void print(String line) {
        System.out.println(line);
        report.append(line).append('\n');
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static long heapInUse() {
        for (int k = 0; k < 3; k++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
