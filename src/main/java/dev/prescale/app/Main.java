package dev.prescale.app;

import dev.prescale.adapter.cli.BacktestCommand;
import dev.prescale.adapter.cli.CrdCommand;
import dev.prescale.adapter.cli.DemoCommand;
import dev.prescale.adapter.cli.ExplainCommand;
import dev.prescale.adapter.cli.FitCommand;
import dev.prescale.adapter.cli.PrescaleCommand;
import dev.prescale.adapter.cli.ServeCommand;
import dev.prescale.adapter.cli.TuneCommand;
import dev.prescale.adapter.cli.ValidateCommand;
import dev.prescale.config.CustomResourceSchema;
import dev.prescale.config.Settings;
import dev.prescale.config.SpecFault;
import dev.prescale.config.SpecText;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Starts what the command line asks for. Commands that serve nothing never start the service's frame. */
@QuarkusMain
public final class Main {
    private static final String DEFAULT_COMMAND = "serve";

    private Main() {}

    public static void main(String... args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        List<Object> commands = List.of(
                new ServeCommand(Main::serve),
                new DemoCommand(new DemoRunner(System.out, System.err)),
                new BacktestCommand(new BacktestRunner(System.out, System.err)),
                new CrdCommand(CustomResourceSchema::yaml),
                new ExplainCommand(new ExplainRunner(System.out, System.err)),
                new FitCommand(new FitRunner(System.out, System.err)),
                new TuneCommand(new TuneRunner(System.out, System.err)),
                new ValidateCommand(Main::specFaults));
        int exitCode =
                PrescaleCommand.commandLine(commands, DEFAULT_COMMAND, out, err).execute(args);
        System.exit(exitCode);
    }

    private static int serve() {
        Settings settings = StartUp.settings();
        StartUp.requireServable(settings);
        StartUp.requireExternalMetrics(settings, System::getenv);
        StartUp.requireWritable(settings.data());
        return runFrame(Service.class);
    }

    private static List<String> specFaults(String fileName, String text) {
        return SpecText.read(fileName, text).faults().stream()
                .map(SpecFault::toString)
                .toList();
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
