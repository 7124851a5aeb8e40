package dev.prescale.backtest;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.capacity.WorkCapacity;
import dev.prescale.series.Require;
import java.time.Instant;
import java.util.Arrays;

/**
 * What one policy did on one endpoint, minute by minute. Integrals are exact over pieces of constant demand and constant
 * ready replicas. A minute that the trace does not have is kept but never scored: its demand is not known.
 */
final class Ledger {
    private static final int SECONDS_PER_MINUTE = 60;

    private final Instant from;
    private final double[] demand;
    private final CapacityModel capacity;
    private final double[] needed;
    private final double[] readySeconds;
    private final double[] missingSeconds;
    private final double[] unservedRequests;
    private final double[] violationSeconds;
    private final int[] desiredAtEnd;
    private final int[] readyAtEnd;
    private final int[] peakReady;
    private final int[] scaleActions;

    /** @param trace demand of the minutes from {@code from} to {@code to}, both on whole minutes of the trace */
    Ledger(Trace trace, CapacityModel capacity, Instant from, Instant to) {
        this.from = from;
        this.demand = trace.minutes()
                .slice(trace.minutes().indexOf(from), trace.minutes().indexOf(to))
                .rates();
        this.capacity = capacity;
        this.needed = Arrays.stream(demand).map(this::replicasNeeded).toArray();
        int minutes = demand.length;
        this.unservedRequests = new double[minutes];
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
        if (needed[minute] > ready + CapacityModel.CEIL_EPSILON) {
            missingSeconds[minute] += (needed[minute] - ready) * seconds;
            unservedRequests[minute] += Math.max(0, demand[minute] - capacity.sustainedBy(ready)) * seconds;
            violationSeconds[minute] += seconds;
        }
        desiredAtEnd[minute] = desired;
        readyAtEnd[minute] = ready;
        peakReady[minute] = Math.max(peakReady[minute], ready);
    }

    /**
     * Replicas that a demand keeps busy, in parts of one where each sustains the same; whole ones by a latency target, where what
     * a part of one would sustain is not known.
     */
    private double replicasNeeded(double rate) {
        if (Double.isNaN(rate)) {
            return rate;
        }
        return switch (capacity) {
            case RatePerReplica perReplica -> rate / perReplica.requestRate();
            case WorkCapacity ignored -> rate;
            case QueueingCapacity queueing -> queueing.replicasFor(rate, 1);
        };
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
                        unservedRequests[m],
                        demand[m] * SECONDS_PER_MINUTE,
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
     * @param unservedRequests those above what ready replicas sustained
     * @param requests all of them
     */
    record Totals(
            double readySeconds,
            double missingSeconds,
            double violationSeconds,
            double unservedRequests,
            double requests,
            int scaleActions,
            int peakReady) {
        static final Totals ZERO = new Totals(0, 0, 0, 0, 0, 0, 0);

        Totals plus(Totals other) {
            return new Totals(
                    readySeconds + other.readySeconds,
                    missingSeconds + other.missingSeconds,
                    violationSeconds + other.violationSeconds,
                    unservedRequests + other.unservedRequests,
                    requests + other.requests,
                    scaleActions + other.scaleActions,
                    Math.max(peakReady, other.peakReady));
        }
    }
}
