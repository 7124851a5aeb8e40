package dev.prescale.backtest;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.series.Require;
import java.time.Instant;

/**
 * What one policy did on one endpoint, minute by minute. Integrals are exact over pieces of constant demand and constant
 * ready replicas. A minute that the trace does not have is kept but never scored: its demand is not known.
 */
final class Ledger {
    private static final int SECONDS_PER_MINUTE = 60;

    private final Instant from;
    private final double[] demand;
    private final double capacityPerReplica;
    private final double[] readySeconds;
    private final double[] missingSeconds;
    private final double[] violationSeconds;
    private final int[] desiredAtEnd;
    private final int[] readyAtEnd;
    private final int[] peakReady;
    private final int[] scaleActions;

    /** @param trace demand of the minutes from {@code from} to {@code to}, both on whole minutes of the trace */
    Ledger(Trace trace, double capacityPerReplica, Instant from, Instant to) {
        this.from = from;
        this.demand = trace.minutes()
                .slice(trace.minutes().indexOf(from), trace.minutes().indexOf(to))
                .rates();
        this.capacityPerReplica = capacityPerReplica;
        int minutes = demand.length;
        this.readySeconds = new double[minutes];
        this.missingSeconds = new double[minutes];
        this.violationSeconds = new double[minutes];
        this.desiredAtEnd = new int[minutes];
        this.readyAtEnd = new int[minutes];
        this.peakReady = new int[minutes];
        this.scaleActions = new int[minutes];
    }

    /** Adds a piece of one minute in which nothing changed. */
    void add(Instant at, double seconds, int ready, int desired) {
        int minute = indexOf(at);
        readySeconds[minute] += ready * seconds;
        double needed = demand[minute] / capacityPerReplica;
        if (needed > ready + CapacityModel.CEIL_EPSILON) {
            missingSeconds[minute] += (needed - ready) * seconds;
            violationSeconds[minute] += seconds;
        }
        desiredAtEnd[minute] = desired;
        readyAtEnd[minute] = ready;
        peakReady[minute] = Math.max(peakReady[minute], ready);
    }

    void countScaleAction(Instant at) {
        scaleActions[indexOf(at)]++;
    }

    int minutes() {
        return demand.length;
    }

    boolean isScored(int minute) {
        return !Double.isNaN(demand[minute]);
    }

    MinuteRow row(int minute, String policy) {
        Instant at = from.plusSeconds((long) SECONDS_PER_MINUTE * minute);
        return new MinuteRow(at, policy, demand[minute], desiredAtEnd[minute], readyAtEnd[minute]);
    }

    /** Sums over the minutes in {@code [first, last)} that the trace has. */
    Totals totals(Instant first, Instant last) {
        Totals totals = Totals.ZERO;
        for (int m = indexOf(first); m < indexOf(last); m++) {
            if (isScored(m)) {
                totals = totals.plus(new Totals(
                        readySeconds[m],
                        missingSeconds[m],
                        violationSeconds[m],
                        demand[m] / capacityPerReplica * SECONDS_PER_MINUTE,
                        scaleActions[m],
                        peakReady[m]));
            }
        }
        return totals;
    }

    private int indexOf(Instant at) {
        int index = Math.toIntExact((at.getEpochSecond() - from.getEpochSecond()) / SECONDS_PER_MINUTE);
        Require.that(index >= 0 && index <= demand.length, "%s is outside of the ledger from %s", at, from);
        return index;
    }

    /**
     * @param readySeconds replica-seconds that were ready
     * @param missingSeconds replica-seconds that would have been needed beside them
     * @param neededSeconds replica-seconds that demand comes to
     */
    record Totals(
            double readySeconds,
            double missingSeconds,
            double violationSeconds,
            double neededSeconds,
            int scaleActions,
            int peakReady) {
        static final Totals ZERO = new Totals(0, 0, 0, 0, 0, 0);

        Totals plus(Totals other) {
            return new Totals(
                    readySeconds + other.readySeconds,
                    missingSeconds + other.missingSeconds,
                    violationSeconds + other.violationSeconds,
                    neededSeconds + other.neededSeconds,
                    scaleActions + other.scaleActions,
                    Math.max(peakReady, other.peakReady));
        }
    }
}
