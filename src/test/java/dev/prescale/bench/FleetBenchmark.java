package dev.prescale.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.FollowedSeries;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a whole fleet costs: endpoints with 28 days at a step of ten minutes each, all fitted, all given one more point, all
 * fitted again. Prints CPU seconds of the process (garbage collection and compiler included) and the heap in use after a full
 * collection, per endpoint. Not a JMH benchmark: one run of minutes tells more than many of one endpoint.
 *
 * <pre>make bench-fleet ENDPOINTS=10000</pre>
 *
 * {@code HEAP=12g}, the default of the target, is {@code -Xmx} of its JVM: what all endpoints hold, as printed, and half as
 * much again for refits.
 */
public final class FleetBenchmark {
    private static final BenchmarkSeries HISTORY = BenchmarkSeries.TEN_MINUTES_28_DAYS;
    private static final int THREADS = 2;
    private static final int STEPS_48H = 288;
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.1, 0.5, 0.9, 0.95, 0.99);

    private final List<EndpointState> fleet = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private volatile @Nullable Forecast kept;
    private final StringBuilder report = new StringBuilder();

    /** What is held per endpoint. */
    interface EndpointState {
        /** Rebuilds what is known from the whole history. */
        void refit();

        /** Takes one more step. */
        void append(double ratePerSecond);

        /** Forecasts 48 h ahead. */
        Forecast forecast();
    }

    /** The history, and its forecast that is kept up with it. */
    private static final class Followed implements EndpointState {
        private RateSeries history;
        private @Nullable FollowedSeries followed;

        Followed(RateSeries history) {
            this.history = history;
        }

        @Override
        public void refit() {
            followed = new CombinedForecaster().follow(history, TrafficCalendar.UTC, STEPS_48H);
        }

        @Override
        public void append(double ratePerSecond) {
            RateSeries grown = history.overlaidBy(RateSeries.of(history.end(), history.step(), ratePerSecond));
            history = grown.slice(1, grown.size());
            fitted().append(ratePerSecond);
        }

        private FollowedSeries fitted() {
            return Objects.requireNonNull(followed, "not fitted yet");
        }

        @Override
        public Forecast forecast() {
            return fitted().forecast(LEVELS);
        }
    }

    /** @param arguments the number of endpoints */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int endpoints = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        FleetBenchmark fleet = new FleetBenchmark();
        try {
            fleet.run(endpoints);
        } finally {
            fleet.threads.shutdown();
        }
    }

    private void run(int endpoints) throws IOException, InterruptedException, ExecutionException {
        print(Machine.line() + "\n");
        warmUp();
        long before = heapInUse();
        for (int k = 0; k < endpoints; k++) {
            fleet.add(new Followed(HISTORY.draw(HISTORY.points(), k)));
        }
        long held = heapInUse() - before;
        print("| %,d endpoints, %d threads | CPU s | wall s | us CPU per endpoint |".formatted(endpoints, THREADS));
        print("|---|--:|--:|--:|");
        timed("first fit of all", EndpointState::refit);
        timed("the first point after the fit for all", state -> state.append(50));
        timed("one more point for all", state -> state.append(50));
        timed("a forecast of 48 h for all", state -> kept = state.forecast());
        timed("refit of all", EndpointState::refit);
        long fitted = heapInUse() - before;
        print("\nHeap in use per endpoint: %,d bytes of history, %,d with what was fitted; largest heap %,d MB."
                .formatted(
                        held / endpoints,
                        fitted / endpoints,
                        Runtime.getRuntime().maxMemory() >> 20));
        String store = System.getProperty("prescale.bench.store", "");
        if (!store.isEmpty()) {
            Benchmarks.StoredText.replace(Path.of(store), "fleet", report.toString());
        }
    }

    /** So that the first fit is not that of an interpreter. */
    private static void warmUp() {
        for (int k = 0; k < 100; k++) {
            EndpointState state = new Followed(HISTORY.draw(HISTORY.points(), -1 - k));
            state.refit();
            state.append(50);
            state.forecast();
        }
    }

    private void timed(String what, Consumer<EndpointState> act) throws InterruptedException, ExecutionException {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = process.getProcessCpuTime();
        long wall = System.nanoTime();
        List<Callable<Void>> parts = new ArrayList<>();
        for (int part = 0; part < THREADS; part++) {
            List<EndpointState> share =
                    fleet.subList(part * fleet.size() / THREADS, (part + 1) * fleet.size() / THREADS);
            parts.add(() -> {
                share.forEach(act);
                return null;
            });
        }
        for (var done : threads.invokeAll(parts)) {
            done.get();
        }
        double seconds = 1e-9 * (process.getProcessCpuTime() - cpu);
        print(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %s |",
                what,
                seconds,
                1e-9 * (System.nanoTime() - wall),
                BenchmarkTable.number(1e6 * seconds / fleet.size())));
    }

    private void print(String line) {
        System.out.println(line);
        report.append(line).append('\n');
    }

    private static long heapInUse() {
        for (int k = 0; k < 3; k++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
