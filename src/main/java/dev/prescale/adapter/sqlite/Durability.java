package dev.prescale.adapter.sqlite;

/** What a commit waits for. Either way nothing that was committed is lost when the process is killed. */
public enum Durability {
    /** Waits until the disk has the commit: a power failure loses nothing. */
    POWER_FAILURE("FULL"),
    /** Waits for the operating system only: a power failure may lose the last commits, never the file. */
    PROCESS_CRASH("NORMAL");

    private final String synchronous;

    Durability(String synchronous) {
        this.synchronous = synchronous;
    }

    /** Value of SQLite's {@code synchronous} pragma in WAL mode. */
    String synchronous() {
        return synchronous;
    }
}
