package dev.prescale.adapter.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code prescale completion}: the script that lets a shell complete commands, options and their values. */
@Command(
        name = "completion",
        header = "Print the completion script of a shell.",
        description =
                "Commands, options, and the values of options that have few, such as policies, units and reason codes. Of zsh, "
                        + "compinit must have run before.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(prescale completion bash)",
            "  prescale completion bash > ~/.local/share/bash-completion/completions/prescale",
            "  source <(prescale completion zsh)"
        },
        mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {
    /** Shells that are known. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    Shell shell = Shell.BASH;

    @Spec
    CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        // one script for both: in zsh it begins by loading bash's way to complete
        command.commandLine()
                .getOut()
                .print(AutoComplete.bash("prescale", command.root().commandLine()));
        command.commandLine().getOut().flush();
        return 0;
    }
}
