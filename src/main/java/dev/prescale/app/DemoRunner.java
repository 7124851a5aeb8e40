package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.DemoCommand;
import dev.prescale.adapter.cli.PrescaleCommand;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.Scorecard;
import dev.prescale.forecast.SharedModel;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a demo: with the page, or headless. */
final class DemoRunner implements DemoCommand.Runner {
    private static final List<String> DRAWN = List.of(ReplayPolicy.HPA, ReplayPolicy.PRESCALE);

    private static volatile @Nullable Demo running;

    private final Streams streams;
    private final PrintStream out;
    private final PrintStream err;

    DemoRunner(Streams streams) {
        this.streams = streams;
        this.out = streams.out();
        this.err = streams.err();
    }

    /** The demo that this process runs, null in the service. */
    static @Nullable Demo running() {
        return running;
    }

    @Override
    public int run(DemoCommand.Options options) {
        if (!options.headless()) {
            StartUp.requireServable(StartUp.settings());
        }
        ReplaySetup setup = DemoTraces.read(options, home());
        // told on the standard error: the standard output of a headless demo is its result
        SharedModel shared = ModelSource.of(StartUp.settings(), line -> {}, err::println);
        try (ReplayOutputs outputs = new ReplayOutputs(options.decisions(), Optional.empty(), options.chart());
                Demo demo = new Demo(
                        options,
                        setup,
                        Brains.production(shared),
                        options.headless() ? err : out,
                        streams.terminal(),
                        outputs)) {
            // Ctrl-C ends the process past this block; the temporary folder goes all the same.
            Thread cleaner = new Thread(demo::close, "demo-clean-up");
            Runtime.getRuntime().addShutdownHook(cleaner);
            int exitCode = options.headless() ? runHeadless(demo, setup, options, outputs) : runWithPage(demo);
            Runtime.getRuntime().removeShutdownHook(cleaner);
            return exitCode;
        }
    }

    private int runHeadless(Demo demo, ReplaySetup setup, DemoCommand.Options options, ReplayOutputs outputs) {
        try {
            List<Scorecard> cards = demo.run();
            outputs.write(setup, DRAWN::contains, tracks -> {
                throw new IllegalStateException("a demo has no report");
            });
            if (options.json()) {
                out.println(ScorecardJson.of(cards));
            } else {
                cards.forEach(card -> out.print(ScorecardTable.of(card)));
            }
            return 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CommandFault.failed("interrupted");
        }
    }

    private static int runWithPage(Demo demo) {
        running = demo;
        return Main.runFrame(WithPage.class);
    }

    /** The checkout that {@code bin/prescale} runs from. */
    static Path home() {
        return Path.of(System.getProperty("prescale.home", "."));
    }

    /** Replays while the page is served, then goes on serving the end. */
    public static final class WithPage implements QuarkusApplication {
        private final FleetListeners listeners;

        WithPage(FleetListeners listeners) {
            this.listeners = listeners;
        }

        @Override
        public int run(String... args) {
            Demo demo = running;
            if (demo == null) {
                return PrescaleCommand.FAILED;
            }
            demo.watchWith(listeners.all());
            System.out.printf(
                    "The page is on http://localhost:%d, Ctrl-C ends the demo.%n%n",
                    StartUp.settings().httpPort());
            try {
                demo.run();
                System.out.println("The replay has ended; the page stays until Ctrl-C.");
                Quarkus.waitForExit();
                return 0;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return PrescaleCommand.FAILED;
            }
        }
    }
}
