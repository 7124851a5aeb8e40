package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Tells silence that is no demand, step by step: zeros or gaps for an hour or more in which 120 requests or more were
 * expected (twenty in ten minutes) are an outage and nothing is learned from them. After one, the requests that had waited or
 * are tried again come on top of demand, so that the rate is capped for twice as long as the outage, at most half an hour.
 *
 * <p>A silence of two days is what traffic is now. The cost of a step is a handful of operations.
 */
final class OutageWatch {
    /** What the newest step is. */
    enum State {
        ORDINARY,
        /** Silent against twenty expected requests or more, for less than an hour so far. */
        SUSPECT,
        OUTAGE,
        /** Soon after an outage. */
        SURGE
    }

    /** A Poisson count of this mean is zero twice in a billion. */
    private static final double TELLING_REQUESTS = 20;

    private static final double OUTAGE_REQUESTS = 120;
    private static final int SHORTEST_OUTAGE_SECONDS = 3600;
    private static final int LONGEST_OUTAGE_DAYS = 2;
    private static final int LONGEST_SURGE_SECONDS = 1800;
    private static final int SURGE_PER_OUTAGE = 2;
    /** The rate (over the expected one) up to which a surge may be demand. */
    private static final double SURGE_CAP = 1.5;

    private static final double DECLINED = 0.5;
    private static final int LONGEST_DECLINE_SECONDS = 3600;

    private final Step step;
    private State state = State.ORDINARY;
    private int silentSteps;
    private double missedRequests;
    private int surgeStepsLeft;
    /** Steps without a break, up to now, whose rate was below half of what was expected; an hour at most. */
    private int declinedSteps;

    private int stepsToForget;

    OutageWatch(Step step) {
        this.step = step;
    }

    /**
     * Judges the next step.
     *
     * @param rate req/s, {@code NaN} for a gap
     * @param expected what the seasonal base says, req/s, {@code NaN} where it is not known
     */
    State feed(double rate, double expected) {
        return judge(rate, expected, SHORTEST_OUTAGE_SECONDS, OUTAGE_REQUESTS);
    }

    /** Judges the next step where every endpoint fell silent at once, which needs no hour to be told. */
    State feedInSilentFleet(double rate, double expected) {
        return judge(rate, expected, 0, TELLING_REQUESTS);
    }

    private State judge(double rate, double expected, int shortestSeconds, double requests) {
        stepsToForget = 0;
        if (rate > 0) {
            endSilence(rate, expected);
            return state;
        }
        silentSteps++;
        missedRequests += Double.isNaN(expected) ? 0 : expected * step.seconds();
        if (state == State.OUTAGE) {
            if (silentSteps > LONGEST_OUTAGE_DAYS * step.perDay()) {
                state = State.ORDINARY;
            }
        } else if (silentSteps <= LONGEST_OUTAGE_DAYS * step.perDay()) {
            boolean isLong = (long) silentSteps * step.seconds() >= shortestSeconds;
            if (isLong && missedRequests >= requests) {
                state = State.OUTAGE;
                stepsToForget = silentSteps + declinedSteps;
            } else {
                state = missedRequests >= TELLING_REQUESTS ? State.SUSPECT : State.ORDINARY;
            }
        }
        return state;
    }

    private void endSilence(double rate, double expected) {
        if (state == State.OUTAGE) {
            int longest = LONGEST_SURGE_SECONDS / step.seconds();
            surgeStepsLeft = (int) Math.min((long) SURGE_PER_OUTAGE * silentSteps, longest);
        }
        silentSteps = 0;
        missedRequests = 0;
        state = surgeStepsLeft > 0 ? State.SURGE : State.ORDINARY;
        surgeStepsLeft = Math.max(0, surgeStepsLeft - 1);
        int longestDecline = LONGEST_DECLINE_SECONDS / step.seconds();
        declinedSteps = rate < DECLINED * expected ? Math.min(declinedSteps + 1, longestDecline) : 0;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(state.ordinal());
        out.writeInt(silentSteps);
        out.writeDouble(missedRequests);
        out.writeInt(surgeStepsLeft);
        out.writeInt(declinedSteps);
        out.writeInt(stepsToForget);
    }

    void read(DataInput in) throws IOException {
        state = State.values()[in.readByte()];
        silentSteps = in.readInt();
        missedRequests = in.readDouble();
        surgeStepsLeft = in.readInt();
        declinedSteps = in.readInt();
        stepsToForget = in.readInt();
    }

    State state() {
        return state;
    }

    /**
     * How many of the newest steps, this one included, turn out to say nothing about demand: where an outage was just
     * recognised its silent steps and the decline before them, otherwise 0.
     */
    int stepsToForget() {
        return stepsToForget;
    }

    /**
     * What may be learned from the step just judged, req/s: {@code NaN} in an outage and while one is suspected, capped in a
     * surge, otherwise the rate itself.
     */
    double learnable(double rate, double expected) {
        return switch (state) {
            case ORDINARY -> rate;
            case SUSPECT, OUTAGE -> Double.NaN;
            case SURGE -> Double.isNaN(expected) ? rate : Math.min(rate, SURGE_CAP * expected);
        };
    }
}
