package dev.prescale.app;

import dev.prescale.adapter.cli.DemoCommand;
import dev.prescale.adapter.cli.Terminal;
import dev.prescale.backtest.MinuteRow;
import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.ReplayView;
import dev.prescale.backtest.Scorecard;
import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.control.DecisionLog;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetListener;
import dev.prescale.control.FleetView;
import dev.prescale.control.RateHistory;
import dev.prescale.control.SampleSink;
import dev.prescale.control.WorkloadScale;
import dev.prescale.series.RateSeries;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The main job on recorded traffic: the production control cycle reads the embedded store, which the replay feeds minute
 * by minute, and scales simulated workloads; target tracking alone and an oracle run beside it on the same traffic.
 */
final class Demo implements ReplayView, AutoCloseable {
    /** Beside the target utilization of the specification, target tracking is also shown at these. */
    private static final double[] OTHER_TARGETS = {0.5, 0.9};

    private final DemoCommand.Options options;
    private final DemoStore store = DemoStore.open();
    private final Replay replay;
    private final Fleet fleet;
    private final LiveLines lines;
    private final @Nullable ProgressLine bar;
    private final PrintStream progressOut;
    /** What keeps the minutes of the first endpoint, by policy. */
    private final Map<String, Replay.Listener> recorders;

    private volatile FleetListener watcher = FleetListener.NONE;
    private volatile Instant now;
    private volatile Progress progress;

    /**
     * @param progressOut where live lines and daily scorecards go, and only the progress of one without a page
     * @param outputs get the minutes of the first endpoint
     */
    Demo(
            DemoCommand.Options options,
            ReplaySetup setup,
            Fleet.Brain brain,
            PrintStream progressOut,
            Terminal terminal,
            ReplayOutputs outputs) {
        this.options = options;
        this.progressOut = progressOut;
        this.lines = new LiveLines(progressOut, terminal.isOut());
        this.bar = options.headless() ? new ProgressLine("demo", progressOut, terminal) : null;
        Fleet[] built = new Fleet[1];
        ReplayPolicy prescale = ReplayPolicy.prescale(workloads -> {
            built[0] = fleetOn(workloads, brain, setup.cycle());
            return built[0];
        });
        List<ReplayPolicy> policies = List.of(
                ReplayPolicy.oracle(),
                ReplayPolicies.hpa(brain),
                ReplayPolicies.hpa(brain, OTHER_TARGETS[0]),
                ReplayPolicies.hpa(brain, OTHER_TARGETS[1]),
                prescale);
        this.recorders = outputs.listeners(
                setup, policies.stream().map(ReplayPolicy::name).toList());
        this.replay = new Replay(setup, policies, new Feed());
        this.fleet = built[0];
        this.now = setup.from();
        this.progress = new Progress(setup.from(), 0, days(setup.from(), setup.to()), List.of());
    }

    private Fleet fleetOn(WorkloadScale workloads, Fleet.Brain brain, Duration cycle) {
        FleetListener listener = new FleetListener() {
            @Override
            public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
                watcher.cycleDone(now, snapshots);
            }

            @Override
            public void endpointFailed(EndpointId endpoint, RuntimeException fault) {
                throw new IllegalStateException("the control cycle of " + endpoint + " failed", fault);
            }
        };
        Fleet.Ports ports = new Fleet.Ports(
                store.store().history(), workloads, store.store().decisions(), listener);
        return new Fleet(ports, brain, cycle);
    }

    FleetView fleet() {
        return fleet;
    }

    DecisionLog decisions() {
        return store.store().decisions();
    }

    /** What the fleet reads. */
    RateHistory history() {
        return store.store().history();
    }

    /** The specification that a trace came with, or one like that which was made for it. */
    Optional<String> specText(EndpointId endpoint) {
        return replay.setup().endpoints().stream()
                .filter(replayed -> replayed.spec().id().equals(endpoint))
                .findFirst()
                .map(replayed -> DemoTraces.specText(options, replayed, DemoRunner.home()));
    }

    SampleSink samples() {
        return store.store().samples();
    }

    /** Simulated time. */
    Instant now() {
        return now;
    }

    /** Who else is told of every cycle: meters and the live page. */
    void watchWith(FleetListener other) {
        watcher = other;
    }

    @Override
    public Optional<Progress> progress() {
        return Optional.of(progress);
    }

    /**
     * Replays to the end, at the pace asked for unless headless.
     *
     * @return one scorecard per trace over all days
     */
    List<Scorecard> run() throws InterruptedException {
        long began = System.nanoTime();
        ReplaySetup setup = replay.setup();
        Instant dayBegan = setup.from();
        double nanosPerSimulatedSecond =
                options.daySeconds() * 1e9 / ChronoUnit.DAYS.getDuration().toSeconds();
        while (!replay.isDone()) {
            replay.advanceCycle();
            if (!replay.now().isBefore(dayBegan.plus(1, ChronoUnit.DAYS))) {
                endDay(replay.now());
                dayBegan = replay.now();
            }
            if (!options.headless()) {
                long due = began
                        + (long) (Duration.between(setup.from(), replay.now()).toSeconds() * nanosPerSimulatedSecond);
                long ahead = due - System.nanoTime();
                if (ahead > 1_000_000) {
                    Thread.sleep(Duration.ofNanos(ahead));
                }
            }
        }
        if (bar != null) {
            bar.close();
        }
        return replay.scorecards();
    }

    private void endDay(Instant to) {
        ReplaySetup setup = replay.setup();
        int day = days(setup.from(), to);
        int days = days(setup.from(), setup.to());
        progress = new Progress(to, day, days, replay.scorecards());
        if (bar != null) {
            return;
        }
        lines.release();
        progressOut.printf("%n--- day %d of %d ---%n", day, days);
        replay.scorecardsOfDay(day - 1).forEach(card -> progressOut.print(ScorecardTable.of(card)));
        progressOut.println();
    }

    private static int days(Instant from, Instant to) {
        return Math.toIntExact(Duration.between(from, to).toDays());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
        store.close();
    }

    /** Feeds the embedded store with minutes that have ended, and shows what came of them. */
    private final class Feed implements Replay.Listener {
        @Override
        public void revealed(ReplaySetup.Endpoint endpoint, RateSeries minutes) {
            store.write(endpoint, minutes);
        }

        @Override
        public void minuteScored(EndpointId endpoint, MinuteRow row) {
            Replay.Listener recorder = recorders.get(row.policy());
            if (recorder != null
                    && endpoint.equals(replay.setup().specs().getFirst().id())) {
                recorder.minuteScored(endpoint, row);
            }
        }

        @Override
        public void cycleDone(Instant done) {
            now = done;
            if (bar != null) {
                ReplaySetup setup = replay.setup();
                bar.show((double) Duration.between(setup.from(), done).toSeconds()
                        / Duration.between(setup.from(), setup.to()).toSeconds());
            } else {
                lines.show(done, fleet.snapshots(), System.nanoTime());
            }
        }
    }
}
