package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.cli.TextFile;
import dev.prescale.config.SpecFault;
import dev.prescale.config.SpecText;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import java.io.InputStream;
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
     * The one specification of a file, or of the standard input where that is called {@code -}. New ones observe, as they should; a simulated workload may be acted on.
     *
     * @throws CommandFault naming every fault
     */
    static SpecFile read(Path file, InputStream stdin) {
        String content = TextFile.read(file, stdin);
        SpecText text = SpecText.read(Streams.nameOf(file), content);
        if (!text.faults().isEmpty()) {
            throw CommandFault.badInput("the specification cannot be used:" + INDENTED
                    + text.faults().stream().map(SpecFault::atLine).collect(Collectors.joining(INDENTED)));
        }
        List<EndpointSpec> specs = text.documents().stream()
                .map(document -> Objects.requireNonNull(document.spec()))
                .toList();
        if (specs.size() != 1) {
            throw CommandFault.badInput("%s must have one specification, had %d%s: a backtest replays one endpoint"
                    .formatted(
                            Streams.nameOf(file),
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
