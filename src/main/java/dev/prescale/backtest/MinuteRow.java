package dev.prescale.backtest;

import java.time.Instant;

/**
 * One minute of one policy, so that others can score it again.
 *
 * @param at start of the minute
 * @param demand req/s, NaN where the trace has no sample: such a row is not written
 * @param desired replicas asked for at the end of the minute
 * @param ready replicas that serve at the end of the minute
 */
public record MinuteRow(Instant at, String policy, double demand, int desired, int ready) {
    public static final String CSV_HEADER = "timestamp,policy,demand,desired,ready";

    public String toCsv() {
        return at + "," + policy + "," + demand + "," + desired + "," + ready;
    }
}
