package dev.prescale.control;

import java.time.Instant;
import java.util.List;

/** Port: where samples in InfluxDB line protocol go. What was accepted survives a crash of the process. */
public interface SampleSink {
    /**
     * Stores every good line and names every bad one.
     *
     * @param lines line protocol, lines separated by {@code \n}; empty lines and {@code #} comments are skipped
     * @param precision unit of the time stamps
     * @param now time of a line without a time stamp
     */
    Receipt write(String lines, Precision precision, Instant now);

    /** Unit of a time stamp in line protocol. */
    enum Precision {
        NANOSECONDS,
        MICROSECONDS,
        MILLISECONDS,
        SECONDS
    }

    /**
     * What came of a write.
     *
     * @param stored lines that are stored
     * @param badLines lines that are not, in their order
     */
    record Receipt(int stored, List<BadLine> badLines) {
        public Receipt {
            badLines = List.copyOf(badLines);
        }
    }

    /**
     * A line that could not be stored.
     *
     * @param number its place in the text, from 1
     * @param text the line, or its beginning where it is long
     * @param message what is wrong with it and what would be right
     */
    record BadLine(int number, String text, String message) {}
}
