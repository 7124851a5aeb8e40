package dev.prescale.adapter.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code prescale validate}: says everything that is wrong with specification files. */
@Command(
        name = "validate",
        description = "Check specification files: every fault with file, line, path, bad value and what is allowed.",
        mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {
    private final Validator validator;

    @Parameters(arity = "1..*", paramLabel = "FILE.yaml")
    List<Path> files = List.of();

    @Spec
    CommandSpec command = CommandSpec.create();

    /** @param validator checks the text of one file */
    public ValidateCommand(Validator validator) {
        this.validator = validator;
    }

    @Override
    public Integer call() {
        List<String> faults = new ArrayList<>();
        for (Path file : files) {
            faults.addAll(validator.faults(file.toString(), read(file)));
        }
        if (faults.isEmpty()) {
            command.commandLine().getOut().printf("%d file%s, no faults%n", files.size(), files.size() == 1 ? "" : "s");
            return 0;
        }
        faults.forEach(command.commandLine().getErr()::println);
        return PrescaleCommand.BAD_INPUT;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw CommandFault.badInput("%s cannot be read".formatted(file));
        }
    }

    /** Names everything that is wrong with a specification text, nothing where all is well. */
    public interface Validator {
        List<String> faults(String fileName, String text);
    }
}
