package dev.prescale.adapter.cli;

import dev.prescale.adapter.cli.Terminal.Color;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code prescale}. Exit codes: 0 ok, 1 failed, 2 bad usage or input. */
@Command(
        name = "prescale",
        header = "Starts replicas before the traffic arrives.",
        description =
                "Prescale learns the traffic cycle of endpoints, forecasts the largest rate until what is ordered now has started, and "
                        + "scales one cold start ahead. Without a command it serves. Results go to the standard output, progress and messages to "
                        + "the standard error. A file called - is the standard input.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  prescale forecast traffic.csv --horizon 24h",
            "  prescale backtest traffic.csv --policies all --report report.html",
            "  prescale status --url http://localhost:8080"
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionOfJar.class)
public final class PrescaleCommand {
    /** Exit code of a run that failed. */
    public static final int FAILED = CommandLine.ExitCode.SOFTWARE;

    /** Exit code of bad usage or bad input. */
    public static final int BAD_INPUT = CommandLine.ExitCode.USAGE;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            order = 1_000,
            description = "Colors: ${COMPLETION-CANDIDATES} (default: auto, on a terminal where NO_COLOR is not set)")
    Color color = Color.AUTO;

    private PrescaleCommand() {}

    /**
     * The command line with its sub-commands, for no terminal. Without one, {@code defaultCommand} runs.
     *
     * @param commands picocli-annotated commands
     */
    public static CommandLine commandLine(
            List<Object> commands, String defaultCommand, PrintWriter out, PrintWriter err) {
        return commandLine(commands, defaultCommand, out, err, Terminal.NONE);
    }

    /** The same for a terminal. */
    public static CommandLine commandLine(
            List<Object> commands, String defaultCommand, PrintWriter out, PrintWriter err, Terminal terminal) {
        CommandLine line = new CommandLine(new PrescaleCommand());
        commands.forEach(line::addSubcommand);
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(HelpPages.width(terminal));
        // help goes to the standard output, faults to the standard error: colors of one must not get into the other's
        // file
        line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.isColored() ? Ansi.ON : Ansi.OFF));
        HelpPages.complete(line);
        line.setExecutionStrategy(
                parsed -> parsed.hasSubcommand() || parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested()
                        ? new CommandLine.RunLast().execute(parsed)
                        : Objects.requireNonNull(line.getSubcommands().get(defaultCommand))
                                .execute());
        FaultPrinter faults = new FaultPrinter(terminal);
        line.setParameterExceptionHandler(faults::badUsage);
        line.setExecutionExceptionHandler((fault, command, parsed) -> faults.failed(fault, command.getErr()));
        return line;
    }
}
