package dev.prescale.app;

import dev.prescale.adapter.cli.BacktestCommand;
import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.report.ReportPage;
import dev.prescale.backtest.Backtest;
import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.MixedCapacity;
import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.forecast.SharedModel;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Runs a backtest: the result goes to one stream, progress and messages to the other. */
final class BacktestRunner implements BacktestCommand.Runner {
    private final Streams streams;
    private final PrintStream out;
    private final PrintStream err;

    BacktestRunner(Streams streams) {
        this.streams = streams;
        this.out = streams.out();
        this.err = streams.err();
    }

    @Override
    public int run(BacktestCommand.Options options) {
        SharedModel shared = ModelSource.of(StartUp.settings(), line -> {}, err::println);
        List<ReplayPolicy> policies = BacktestPolicies.of(options.policies(), Brains.production(shared));
        try (ReplayOutputs outputs = new ReplayOutputs(options.decisions(), options.report(), options.chart())) {
            ReplaySource source =
                    ReplaySource.read(options.replay(), DemoRunner.home(), StartUp::settings, Instant.now(), streams);
            ReplaySetup setup = ReplaySetups.of(options.replay(), source);
            List<String> notes = ReplayNotes.of(setup);
            notes.forEach(err::println);
            return run(options, setup, policies, outputs, notes, source.specText());
        } catch (UncheckedIOException fault) {
            throw CommandFault.failed("the files cannot be written: "
                    + Objects.requireNonNull(fault.getCause()).getMessage());
        }
    }

    private int run(
            BacktestCommand.Options options,
            ReplaySetup setup,
            List<ReplayPolicy> policies,
            ReplayOutputs outputs,
            List<String> notes,
            Optional<String> specText) {
        Map<String, Replay.Listener> listeners = outputs.listeners(
                setup, policies.stream().map(ReplayPolicy::name).toList());
        Optional<PricedReplay> priced = options.prices().map(prices -> new PricedReplay(setup, prices, policies));
        ProgressLine line = new ProgressLine("backtest", err, streams.terminal());
        try (StoppableWork work = new StoppableWork(line);
                ProcessorPool pool = new ProcessorPool("backtest")) {
            Optional<BacktestResult> result = new Backtest(setup, policies, pool, work).run(policy -> {
                Replay.Listener listener = listeners.getOrDefault(policy, Replay.Listener.NONE);
                return priced.map(beside -> beside.of(policy, listener)).orElse(listener);
            });
            if (result.isEmpty()) {
                line.close();
                outputs.close();
                err.println("prescale: stopped, nothing was written");
                return StoppableWork.INTERRUPTED;
            }
            ReportPage.Origin origin =
                    new ReportPage.Origin(ShellWords.of("prescale", options.typed()), notes, specText);
            outputs.write(setup, policy -> true, tracks -> new ReportPage(setup, result.get(), tracks, origin));
            line.close();
            print(options, setup, result.get(), priced.map(PricedReplay::mixed));
            return 0;
        }
    }

    private void print(
            BacktestCommand.Options options, ReplaySetup setup, BacktestResult result, Optional<MixedCapacity> mixed) {
        out.print(
                options.json()
                        ? ScorecardJson.of(result, mixed) + System.lineSeparator()
                        : BacktestText.of(setup, result, mixed));
        out.flush();
    }
}
