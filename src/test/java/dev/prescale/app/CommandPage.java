package dev.prescale.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The part of {@code docs/cli.md} that says what each command takes, from picocli's own specification of it. */
final class CommandPage {
    private CommandPage() {}

    static String text(CommandLine line) {
        StringBuilder page = new StringBuilder();
        line.getSubcommands().forEach((name, command) -> page.append(section(name, command.getCommandSpec())));
        return page.toString();
    }

    private static String section(String name, CommandSpec spec) {
        StringBuilder text = new StringBuilder();
        text.append("## ").append(name).append("\n\n");
        text.append(plain(spec.usageMessage().header())).append('\n');
        text.append(plain(spec.usageMessage().description())).append("\n\n```sh\n");
        examples(spec).forEach(example -> text.append(example).append('\n'));
        text.append("```\n\n");
        List<ArgSpec> rows = new ArrayList<>(spec.positionalParameters());
        rows.addAll(options(spec));
        if (!rows.isEmpty()) {
            text.append("| | |\n|---|---|\n");
            rows.forEach(row -> text.append(row(row)));
            text.append('\n');
        }
        return text.toString();
    }

    /** Those of the command itself first, then group by group. */
    private static List<OptionSpec> options(CommandSpec spec) {
        List<OptionSpec> grouped = spec.argGroups().stream()
                .sorted(Comparator.comparingInt(ArgGroupSpec::order))
                .flatMap(group -> group.options().stream())
                .toList();
        return Stream.concat(spec.options().stream().filter(option -> !grouped.contains(option)), grouped.stream())
                .filter(option -> !option.inherited())
                .filter(option -> Stream.of("--help", "--version").noneMatch(option.longestName()::equals))
                .toList();
    }

    private static String row(ArgSpec arg) {
        boolean hasValue = arg.arity().max() > 0;
        String label = arg instanceof OptionSpec option
                ? option.longestName() + (hasValue ? " " + arg.paramLabel() : "")
                : ((PositionalParamSpec) arg).paramLabel();
        return "| `%s` | %s |\n"
                .formatted(
                        label.replace("|", "\\|"),
                        plain(arg.renderedDescription()).replace("|", "\\|"));
    }

    /** The examples of a command, without those of its foot that are none. */
    static List<String> examples(CommandSpec spec) {
        return Stream.of(spec.usageMessage().footer())
                .filter(line -> line.startsWith("  "))
                .map(String::strip)
                .toList();
    }

    private static String plain(String[] lines) {
        return Ansi.OFF.string(String.join(" ", lines)).strip();
    }
}
