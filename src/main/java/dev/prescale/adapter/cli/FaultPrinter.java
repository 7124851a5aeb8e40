package dev.prescale.adapter.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What goes wrong, in a line or a few: no help page that pushes it off the screen, no stack trace. */
final class FaultPrinter {
    private final Terminal terminal;

    FaultPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What the command line itself makes wrong, with what was probably meant. */
    int badUsage(ParameterException fault, String[] arguments) {
        CommandLine command = fault.getCommandLine();
        PrintWriter err = command.getErr();
        print(err, String.valueOf(fault.getMessage()));
        UnmatchedArgumentException.printSuggestions(fault, err);
        err.println("Try '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
        err.flush();
        return PrescaleCommand.BAD_INPUT;
    }

    /** What a command says of its input or its work. */
    int failed(Exception fault, PrintWriter err) {
        print(err, CommandFault.sentence(fault));
        err.flush();
        return fault instanceof CommandFault known ? known.exitCode() : PrescaleCommand.FAILED;
    }

    private void print(PrintWriter err, String message) {
        String name = terminal.areErrorsColored() ? Style.fg_red.on() + "prescale:" + Style.fg_red.off() : "prescale:";
        err.println(name + " " + plain(message));
    }

    /** A terminal would obey what a hostile file or service may have put into a message. */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\r\\n\\t]]", "\uFFFD");
    }
}
