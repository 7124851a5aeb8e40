package dev.prescale.adapter.sqlite;

/** What is wrong with a line of line protocol, and what would be right. */
final class MalformedLine extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    MalformedLine(String problem) {
        super(problem);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
