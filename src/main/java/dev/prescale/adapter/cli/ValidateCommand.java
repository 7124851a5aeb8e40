package dev.prescale.adapter.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.config.SpecFault;
import dev.prescale.config.SpecText;
import dev.prescale.config.Violation;
import dev.prescale.control.EndpointId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code prescale validate}: says everything that is wrong with specification files. */
@Command(
        name = "validate",
        header = "Check specification files and name every fault with its line.",
        description =
                "Reads files, folders (their *.yaml and *.yml) and the standard input. Each fault is FILE:LINE: path: what is allowed, as "
                        + "compilers write it, so that editors can jump to it. Faults go to the standard error, with --json all to the standard output.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  prescale validate chat.yaml",
            "  prescale validate k8s/examples extra.yaml --json",
            "  kubectl get pas chat -o yaml | prescale validate -"
        },
        mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {
    private final InputStream stdin;
    private final List<SpecFault> faults = new ArrayList<>();
    private final Map<String, SpecFault> named = new TreeMap<>();
    private int files;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE.yaml|FOLDER",
            description =
                    "Files, folders (their *.yaml and *.yml, not those of folders within), or - for the standard input")
    List<Path> paths = List.of();

    @Option(
            names = "--json",
            description = "Print the specifications and faults as JSON to the standard output; the exit code stays")
    boolean json;

    @Spec
    CommandSpec command = CommandSpec.create();

    /** @param stdin read where a file is called {@code -} */
    public ValidateCommand(InputStream stdin) {
        this.stdin = stdin;
    }

    @Override
    public Integer call() {
        paths.forEach(this::checkAll);
        if (json) {
            command.commandLine().getOut().println(asJson());
        } else {
            faults.forEach(fault -> command.commandLine().getErr().println(FaultPrinter.plain(fault.atLine())));
            command.commandLine().getErr().flush();
            if (faults.isEmpty()) {
                command.commandLine().getOut().printf("%d file%s, no faults%n", files, files == 1 ? "" : "s");
            }
        }
        command.commandLine().getOut().flush();
        return faults.isEmpty() ? 0 : PrescaleCommand.BAD_INPUT;
    }

    private void checkAll(Path path) {
        if (Streams.isStdin(path) || !Files.isDirectory(path)) {
            check(path);
            return;
        }
        List<Path> within = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, "*.{yaml,yml}")) {
            entries.forEach(within::add);
        } catch (IOException | DirectoryIteratorException unreadable) {
            faults.add(fault(path, null, "cannot be listed: " + unreadable.getMessage()));
            return;
        }
        if (within.isEmpty()) {
            faults.add(fault(path, null, "has no *.yaml and no *.yml"));
        }
        within.stream().sorted().forEach(this::check);
    }

    private void check(Path file) {
        files++;
        String text;
        try {
            text = TextFile.read(file, stdin);
        } catch (CommandFault unreadable) {
            String sentence = String.valueOf(unreadable.getMessage());
            faults.add(fault(file, 1, sentence.substring(Streams.nameOf(file).length() + 2)));
            return;
        }
        SpecText read = SpecText.read(Streams.nameOf(file), text);
        if (read.documents().isEmpty()) {
            faults.add(fault(file, 1, "has no specification"));
        }
        for (SpecText.Document document : read.documents()) {
            faults.addAll(document.faults());
            EndpointId id = document.id();
            if (id != null) {
                claim(
                        id,
                        new SpecFault(
                                Streams.nameOf(file),
                                document.number(),
                                document.nameLine(),
                                new Violation("metadata.name", id.toString(), "")));
            }
        }
    }

    /** Two specifications of one endpoint are none: which of them holds would depend on the order of files. */
    private void claim(EndpointId id, SpecFault here) {
        SpecFault before = named.putIfAbsent(id.toString(), here);
        if (before != null) {
            String where = before.line() == null ? before.file() : before.file() + ":" + before.line();
            faults.add(new SpecFault(
                    here.file(),
                    here.document(),
                    here.line(),
                    new Violation("metadata.name", id.toString(), "is also the name of an endpoint in " + where)));
        }
    }

    private static SpecFault fault(Path file, @Nullable Integer line, String message) {
        return new SpecFault(Streams.nameOf(file), 0, line, new Violation("", null, message));
    }

    private ObjectNode asJson() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("valid", faults.isEmpty()).put("files", files);
        named.keySet().forEach(result.putArray("endpoints")::add);
        var list = result.putArray("faults");
        for (SpecFault fault : faults) {
            Violation violation = fault.violation();
            list.addObject()
                    .put("file", fault.file())
                    .put("line", fault.line())
                    .put("path", violation.path())
                    .putPOJO("value", violation.value())
                    .put("message", violation.message());
        }
        return result;
    }
}
