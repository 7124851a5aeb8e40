package dev.prescale.adapter.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What the help of every command has beside its own words: its exit codes and where to read more. */
final class HelpPages {
    private static final int NARROWEST = 60;
    private static final int WIDEST = 110;
    private static final String DOCUMENT = "docs/cli.md";
    private static final Map<String, String> EXIT_CODES = exitCodes();

    private HelpPages() {}

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "ok");
        codes.put("1", "failed");
        codes.put("2", "bad usage or bad input; every fault is named");
        codes.put("130", "ended by Ctrl-C");
        return codes;
    }

    /** Of the terminal, within what picocli can lay out and a person reads. */
    static int width(Terminal terminal) {
        return Math.clamp(terminal.columns(), NARROWEST, WIDEST);
    }

    static void complete(CommandLine line) {
        complete(line.getCommandSpec().usageMessage(), "commands");
        line.getSubcommands().forEach((name, command) -> {
            command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
            complete(command.getCommandSpec().usageMessage(), name);
        });
    }

    private static void complete(UsageMessageSpec usage, String anchor) {
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(EXIT_CODES);
        usage.optionListHeading("%nOptions:%n");
        usage.commandListHeading("%nCommands:%n");
        usage.parameterListHeading("%n");
        usage.synopsisHeading("%nUsage: ");
        usage.descriptionHeading("%n");
        List<String> footer = new ArrayList<>(List.of(usage.footer()));
        footer.add("");
        footer.add("More: %s#%s".formatted(DOCUMENT, anchor));
        usage.footer(footer.toArray(String[]::new));
    }
}
