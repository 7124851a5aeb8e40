package dev.prescale.adapter.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code prescale}. Exit codes: 0 ok, 1 failed, 2 bad usage or input. */
@Command(
        name = "prescale",
        description = "Starts replicas before the traffic arrives.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOfJar.class)
public final class PrescaleCommand {
    /** Exit code of a run that failed. */
    public static final int FAILED = CommandLine.ExitCode.SOFTWARE;

    /** Exit code of bad usage or bad input. */
    public static final int BAD_INPUT = CommandLine.ExitCode.USAGE;

    private PrescaleCommand() {}

    /**
     * The command line with its sub-commands. Without one, {@code defaultCommand} runs.
     *
     * @param commands picocli-annotated commands
     */
    public static CommandLine commandLine(
            List<Object> commands, String defaultCommand, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new PrescaleCommand());
        commands.forEach(line::addSubcommand);
        line.setOut(out);
        line.setErr(err);
        line.setExecutionStrategy(
                parsed -> parsed.hasSubcommand() || parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested()
                        ? new CommandLine.RunLast().execute(parsed)
                        : Objects.requireNonNull(line.getSubcommands().get(defaultCommand))
                                .execute());
        line.setExecutionExceptionHandler((fault, command, parsed) -> {
            command.getErr().println("prescale: " + CommandFault.sentence(fault));
            command.getErr().flush();
            return fault instanceof CommandFault known ? known.exitCode() : FAILED;
        });
        return line;
    }
}
