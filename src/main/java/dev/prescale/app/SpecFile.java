package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.config.SpecFault;
import dev.prescale.config.SpecText;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A specification as commands that replay read it.
 *
 * @param text of the file
 */
record SpecFile(EndpointSpec spec, String text) {
    private static final String INDENTED = System.lineSeparator() + "  ";

    /**
     * The one specification of a file. New ones observe, as they should; a simulated workload may be acted on.
     *
     * @throws CommandFault naming every fault
     */
    static SpecFile read(Path file) {
        String content;
        try {
            content = Files.readString(file);
        } catch (IOException unreadable) {
            throw CommandFault.badInput("the specification %s cannot be read: %s"
                    .formatted(file, Files.exists(file) ? unreadable.getMessage() : "there is no such file"));
        }
        SpecText text = SpecText.read(String.valueOf(file.getFileName()), content);
        if (!text.faults().isEmpty()) {
            throw CommandFault.badInput("the specification cannot be used:" + INDENTED
                    + text.faults().stream().map(SpecFault::toString).collect(Collectors.joining(INDENTED)));
        }
        List<EndpointSpec> specs = text.documents().stream()
                .map(document -> Objects.requireNonNull(document.spec()))
                .toList();
        if (specs.size() != 1) {
            throw CommandFault.badInput("%s must have one specification, had %d%s: a backtest replays one endpoint"
                    .formatted(
                            file,
                            specs.size(),
                            specs.isEmpty()
                                    ? ""
                                    : specs.stream()
                                            .map(spec -> spec.id().toString())
                                            .collect(Collectors.joining(", ", " (", ")"))));
        }
        return new SpecFile(specs.getFirst().withMode(Mode.SCALE), content);
    }
}
