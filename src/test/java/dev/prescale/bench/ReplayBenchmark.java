package dev.prescale.bench;

import dev.prescale.adapter.files.CsvTrace;
import dev.prescale.adapter.files.ModelFile;
import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.Trace;
import dev.prescale.backtest.TraceSpecs;
import dev.prescale.backtest.WorkloadFaults;
import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.control.Fleet;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.forecast.SharedModel;
import dev.prescale.scaling.CombinedDecisionRule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a backtest of one policy costs: a trace replayed through the production cycle every 15 s, after 14 days of history. Each
 * policy is replayed a few times in one JVM; the last replays are warm. Prints seconds for 14 days, on the wall and of the thread
 * that replays (which does not grow when other programs share the machine), and the heap in use after 14 days and at the end.
 *
 * <pre>
 * make bench-replay                             # 28 days of the bundled shop-web
 * make bench-replay TRACE=counts.csv            # as much of a trace of counts as there is, up to 42 days
 * make bench-replay TRACE=counts.csv POLICY=hpa
 * </pre>
 */
public final class ReplayBenchmark {
    private static final Path BUNDLED = Path.of("datasets", "shop-web.csv.gz");
    private static final Path MODEL = Path.of("models", "generated.json");
    private static final Duration WARM_UP = Duration.ofDays(14);
    private static final Duration TIMED = Duration.ofDays(14);
    private static final Duration LONGEST = TIMED.multipliedBy(3);
    private static final Duration START_TIME = Duration.ofMinutes(3);
    private static final int REPLAYS = 6;

    private static final Map<String, Function<Fleet.Brain, ReplayPolicy>> POLICIES =
            Map.of(ReplayPolicy.PRESCALE, ReplayPolicy::prescale, ReplayPolicy.HPA, ReplayPolicies::hpa);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Fleet.Brain brain;
    private final ReplaySetup setup;

    private ReplayBenchmark(Fleet.Brain brain, ReplaySetup setup) {
        this.brain = brain;
        this.setup = setup;
    }

    /** @param arguments a trace of counts, the bundled one where there is none, and names of policies, all where there is none */
    public static void main(String[] arguments) throws IOException {
        List<String> policies =
                Stream.of(arguments).filter(POLICIES::containsKey).toList();
        Path trace = Stream.of(arguments)
                .filter(argument -> !POLICIES.containsKey(argument))
                .map(Path::of)
                .findFirst()
                .orElse(BUNDLED);
        ReplayBenchmark benchmark = new ReplayBenchmark(brain(), setup(trace));
        System.out.println(Machine.line() + "\n");
        System.out.println("| policy | trace | replay | s for 14 days | CPU s | us per cycle, CPU |"
                + " heap after 14 days MB | at the end MB | days in all |");
        System.out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|");
        for (String policy : policies.isEmpty() ? List.of(ReplayPolicy.PRESCALE, ReplayPolicy.HPA) : policies) {
            for (int replay = 1; replay <= REPLAYS; replay++) {
                benchmark.run(policy, replay);
            }
        }
    }

    private void run(String policy, int number) {
        Replay replay = new Replay(setup, List.of(POLICIES.get(policy).apply(brain)), Replay.Listener.NONE);
        Instant end = setup.from().plus(TIMED);
        long begun = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        long cycles = 0;
        while (replay.now().isBefore(end)) {
            replay.advanceCycle();
            cycles++;
        }
        double seconds = 1e-9 * (System.nanoTime() - begun);
        double cpuSeconds = 1e-9 * (threads.getCurrentThreadCpuTime() - cpu);
        String heap = "- | -";
        if (number == REPLAYS) {
            long after14 = heapInUse();
            replay.run();
            heap = String.format(Locale.ROOT, "%.1f | %.1f", 1e-6 * after14, 1e-6 * heapInUse());
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %.2f | %.2f | %.1f | %s | %d |%n",
                policy,
                setup.endpoints().getFirst().trace().name(),
                number,
                seconds,
                cpuSeconds,
                1e6 * cpuSeconds / cycles,
                heap,
                Duration.between(setup.from(), replay.now()).toDays());
    }

    private static ReplaySetup setup(Path file) throws IOException {
        if (!(CsvTrace.read(file, CsvTrace.Format.COUNTS) instanceof CsvTrace.Trace read)) {
            throw new IOException(file + " is no trace of counts");
        }
        Trace trace = Trace.of(read.name(), read.series());
        Instant from = trace.minutes().start().plus(WARM_UP);
        long days = Math.min(Duration.between(from, trace.minutes().end()).toDays(), LONGEST.toDays());
        if (days < TIMED.toDays()) {
            throw new IOException(file + " has fewer than 28 days");
        }
        var endpoint = new ReplaySetup.Endpoint(
                trace, TraceSpecs.of(trace, from, ZoneOffset.UTC), StartTime.constant(START_TIME));
        return new ReplaySetup(
                List.of(endpoint),
                from,
                from.plus(Duration.ofDays(days)),
                ReplaySetup.DEFAULT_CYCLE,
                WorkloadFaults.NONE,
                1);
    }

    /** The brain of the service with the shared model that ships; costs are given in a replay, nobody learns them. */
    private static Fleet.Brain brain() throws IOException {
        if (!(ModelFile.read(MODEL) instanceof ModelFile.Model read)) {
            throw new IOException(MODEL + " is no shared model");
        }
        SharedModel shared = read.model();
        return new Fleet.Brain(
                new CombinedForecaster(shared), new DirectLeadTimeForecaster(shared), new CombinedDecisionRule());
    }

    private static long heapInUse() {
        for (int k = 0; k < 3; k++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
