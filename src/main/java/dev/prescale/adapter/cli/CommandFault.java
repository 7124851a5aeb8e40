package dev.prescale.adapter.cli;

/** What a user can mend: said in one line, without a stack trace. */
public final class CommandFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFault(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public static CommandFault failed(String message) {
        return new CommandFault(PrescaleCommand.FAILED, message);
    }

    public static CommandFault badInput(String message) {
        return new CommandFault(PrescaleCommand.BAD_INPUT, message);
    }

    public int exitCode() {
        return exitCode;
    }

    static String sentence(Exception fault) {
        String message = fault.getMessage();
        return fault instanceof CommandFault && message != null ? message : "unexpected fault: " + fault;
    }
}
