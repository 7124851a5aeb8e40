package dev.prescale.app;

import dev.prescale.adapter.cli.BacktestCommand;
import dev.prescale.adapter.cli.CompletionCommand;
import dev.prescale.adapter.cli.CrdCommand;
import dev.prescale.adapter.cli.DemoCommand;
import dev.prescale.adapter.cli.ExplainCommand;
import dev.prescale.adapter.cli.FitCommand;
import dev.prescale.adapter.cli.ForecastCommand;
import dev.prescale.adapter.cli.PrescaleCommand;
import dev.prescale.adapter.cli.ServeCommand;
import dev.prescale.adapter.cli.StatusCommand;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.cli.Terminal;
import dev.prescale.adapter.cli.TuneCommand;
import dev.prescale.adapter.cli.ValidateCommand;
import dev.prescale.config.CustomResourceSchema;
import dev.prescale.config.Settings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/** Starts what the command line asks for. Commands that serve nothing never start the service's frame. */
@QuarkusMain
public final class Main {
    private static final String DEFAULT_COMMAND = "serve";

    private Main() {}

    public static void main(String... args) {
        Terminal terminal = Terminal.of(List.of(args), System::getenv, System::getProperty);
        int exitCode = commandLine(Streams.ofProcess(terminal)).execute(args);
        System.exit(exitCode);
    }

    /** All commands, in the order in which help lists them. */
    static CommandLine commandLine(Streams streams) {
        ServiceConnection connection = new ServiceConnection(System::getenv, streams.err(), ServiceConnection.PATIENCE);
        List<Object> commands = List.of(
                new ServeCommand(Main::serve),
                new DemoCommand(new DemoRunner(streams)),
                new ForecastCommand(new ForecastRunner(
                        streams,
                        DemoRunner.home(),
                        () -> ModelSource.of(StartUp.settings(), line -> {}, streams.err()::println))),
                new BacktestCommand(new BacktestRunner(streams)),
                new TuneCommand(new TuneRunner(streams)),
                new FitCommand(new FitRunner(streams)),
                new StatusCommand(new StatusRunner(streams, connection)),
                new ExplainCommand(new ExplainRunner(streams, connection)),
                new ValidateCommand(streams.in()),
                new CrdCommand(CustomResourceSchema::yaml, CustomResourceSchema::json),
                new CompletionCommand());
        return PrescaleCommand.commandLine(
                commands,
                DEFAULT_COMMAND,
                new PrintWriter(streams.out(), true),
                new PrintWriter(streams.err(), true),
                streams.terminal());
    }

    private static int serve() {
        Settings settings = StartUp.settings();
        StartUp.requireServable(settings);
        StartUp.requireExternalMetrics(settings, System::getenv);
        StartUp.requireWritable(settings.data());
        return runFrame(Service.class);
    }

    /** Runs the frame (HTTP, scheduler, meters) around an application until it ends. */
    static int runFrame(Class<? extends QuarkusApplication> application) {
        int[] exitCode = new int[1];
        Quarkus.run(application, (code, fault) -> exitCode[0] = code);
        return exitCode[0];
    }

    /** The service: serves until it is stopped. */
    public static final class Service implements QuarkusApplication {
        @Override
        public int run(String... args) {
            Quarkus.waitForExit();
            return 0;
        }
    }
}
