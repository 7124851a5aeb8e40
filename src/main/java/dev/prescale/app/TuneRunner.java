package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.PrescaleCommand;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.cli.TuneCommand;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.Tuning;
import dev.prescale.backtest.TuningResult;
import dev.prescale.config.SpecEdit;
import dev.prescale.config.SpecText;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import dev.prescale.forecast.SharedModel;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Tunes a specification, prints what came of it and writes the recommended one. */
final class TuneRunner implements TuneCommand.Runner {
    private final Streams streams;
    private final PrintStream out;
    private final PrintStream err;

    TuneRunner(Streams streams) {
        this.streams = streams;
        this.out = streams.out();
        this.err = streams.err();
    }

    @Override
    public int run(TuneCommand.Options options) {
        SharedModel shared = ModelSource.of(StartUp.settings(), line -> {}, err::println);
        Optional<TextOutput> file = options.out().map(path -> TextOutput.open("--out", path));
        try {
            ReplaySource source =
                    ReplaySource.read(options.replay(), DemoRunner.home(), StartUp::settings, Instant.now(), streams);
            ReplaySetup setup = ReplaySetups.of(options.replay(), source);
            String specText = source.specText()
                    .orElseGet(() -> StarterSpec.of(setup.specs().getFirst()));
            EndpointSpec written = specOf(specText);
            ReplaySetup tuned = options.hpaFloor() || written.mode() == Mode.HPA_FLOOR ? besideHpa(setup) : setup;
            ReplayNotes.of(tuned).forEach(err::println);
            return tune(options, tuned, specText, written, ReplayPolicy.prescale(Brains.production(shared)), file);
        } finally {
            file.ifPresent(TextOutput::close);
        }
    }

    private static EndpointSpec specOf(String text) {
        return Objects.requireNonNull(
                SpecText.read("spec", text).documents().getFirst().spec());
    }

    private static ReplaySetup besideHpa(ReplaySetup setup) {
        ReplaySetup.Endpoint is = setup.endpoints().getFirst();
        if (!is.spec().policy().predictive().enabled()) {
            throw CommandFault.badInput(
                    "--hpa-floor needs predictive.enabled: without a forecast nothing adds to the HPA");
        }
        var endpoint = new ReplaySetup.Endpoint(is.trace(), is.spec().withMode(Mode.HPA_FLOOR), is.startTime());
        return new ReplaySetup(
                List.of(endpoint), setup.from(), setup.to(), setup.cycle(), setup.simulation(), setup.seed());
    }

    private int tune(
            TuneCommand.Options options,
            ReplaySetup setup,
            String specText,
            EndpointSpec written,
            ReplayPolicy policy,
            Optional<TextOutput> file) {
        ProgressLine line = new ProgressLine("tune", err, streams.terminal());
        try (StoppableWork work = new StoppableWork(line);
                ProcessorPool pool = new ProcessorPool("tune")) {
            Tuning tuning = tuning(options, setup, policy, pool, work);
            Optional<TuningResult> result = tuning.run();
            line.close();
            if (result.isEmpty()) {
                err.println("prescale: stopped before the present settings were replayed, nothing was written");
                return StoppableWork.INTERRUPTED;
            }
            return tell(options, setup, specText, written, result.get(), file);
        }
    }

    private static Tuning tuning(
            TuneCommand.Options options,
            ReplaySetup setup,
            ReplayPolicy policy,
            ProcessorPool pool,
            StoppableWork work) {
        try {
            return new Tuning(setup, policy, options.goal(), options.folds(), options.replays(), pool, work);
        } catch (IllegalArgumentException refused) {
            throw CommandFault.badInput("%s cannot be tuned on: %s"
                    .formatted(setup.endpoints().getFirst().trace().name(), refused.getMessage()));
        }
    }

    private int tell(
            TuneCommand.Options options,
            ReplaySetup setup,
            String specText,
            EndpointSpec written,
            TuningResult result,
            Optional<TextOutput> file) {
        boolean isReached = result.verdict() != TuningResult.Verdict.LIMIT_NOT_REACHED;
        EndpointSpec recommended = result.recommended().settings().in(written);
        SpecEdit.Edited edited = SpecEdit.apply(specText, TunedKeys.changes(written, recommended));
        if (isReached) {
            file.ifPresent(opened -> opened.write(edited.text()));
        }
        if (options.json()) {
            out.println(TuneJson.of(setup, result, isReached ? edited.text() : null));
        } else {
            out.print(TuneText.of(setup, result));
            if (isReached && file.isEmpty()) {
                out.printf("%nrecommended specification%n%n%s", edited.text());
            }
        }
        out.flush();
        if (!isReached) {
            err.println("prescale: no settings keep the limit, nothing was written");
            return PrescaleCommand.FAILED;
        }
        options.out().ifPresent(path -> err.println("%s is written".formatted(path)));
        if (!edited.isInPlace()) {
            err.println("the specification could not be changed in place and was written anew, without its comments");
        }
        return result.isComplete() ? 0 : StoppableWork.INTERRUPTED;
    }
}
