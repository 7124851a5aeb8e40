package dev.prescale.backtest;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The requests of one endpoint that wait for a slot, over pieces of time in which demand and ready replicas are constant.
 * With demand {@code d} and capacity {@code m = ready * slots / serviceTime}, both in req/s:
 *
 * <ol>
 *   <li>Where nobody waits and {@code d <= m}, waits are those of the M/M/c+D queue in its steady state
 *       ({@link dev.prescale.capacity.ImpatientQueue}), piece by piece.
 *   <li>Otherwise requests are a fluid, first come, first served: the line grows or shrinks by {@code d - m}, and the wait of
 *       whom is served next is the time since its arrival.
 *   <li>Who has waited for its patience leaves. So the line never holds more than what arrived within the patience.
 * </ol>
 *
 * In every piece the fluid's waits are straight lines, so that nothing is approximated in time. What arrived is served, waits
 * or has left, to rounding.
 */
final class WaitingLine {
    /** Differences of waits in seconds that are none. */
    private static final double ROUNDING = 1e-9;

    private final Queueing.Slots slots;
    private final double patience;

    /** Arrivals that wait, oldest first; the newest joins last. Its length is the wait of the first. */
    private final Deque<Arrivals> line = new ArrayDeque<>();

    private double wait;
    private double arrived;
    private double served;
    private double abandoned;
    private SteadyWaits steady = SteadyWaits.NONE;
    private double steadyRate;
    private int steadyReady;

    WaitingLine(Queueing.Slots slots, double patienceSeconds) {
        this.slots = slots;
        this.patience = patienceSeconds;
    }

    /** Requests that wait. */
    double waiting() {
        double requests = 0;
        for (Arrivals arrivals : line) {
            requests += arrivals.rate * arrivals.seconds;
        }
        return requests;
    }

    /** Requests since the beginning. */
    double arrived() {
        return arrived;
    }

    /** Those of them that were served. */
    double served() {
        return served;
    }

    /** Those of them that left before. */
    double abandoned() {
        return abandoned;
    }

    /**
     * Lets a piece of time pass.
     *
     * @param rate of the demand in req/s, NaN where it is not known: then nothing arrives
     * @param totals that it is booked to
     */
    void pass(double seconds, double rate, int ready, WaitTotals totals) {
        double demand = Double.isNaN(rate) ? 0 : rate;
        double capacity = ready * slots.perReplica() / slots.serviceSeconds();
        arrived += demand * seconds;
        totals.arrive(demand * seconds);
        double left = seconds;
        while (left > 0) {
            dropWhatIsOver();
            if (line.isEmpty() && demand <= capacity) {
                passSteadily(demand * left, steadyWaits(demand, ready), totals);
                return;
            }
            join(demand);
            left -= isOutOfPatience(capacity) ? abandon(left, capacity, totals) : serve(left, capacity, totals);
        }
    }

    private void passSteadily(double requests, SteadyWaits waits, WaitTotals totals) {
        double leaving = requests * waits.abandonedShare();
        abandoned += leaving;
        served += requests - leaving;
        totals.pass(requests, waits);
    }

    private SteadyWaits steadyWaits(double rate, int ready) {
        if (rate == 0) {
            return SteadyWaits.NONE;
        }
        if (rate != steadyRate || ready != steadyReady) {
            steady = SteadyWaits.of((double) ready * slots.perReplica(), rate, slots.serviceSeconds(), patience);
            steadyRate = rate;
            steadyReady = ready;
        }
        return steady;
    }

    /** Who has been served, and time in which nobody arrived. */
    private void dropWhatIsOver() {
        while (!line.isEmpty() && (line.getFirst().rate == 0 || line.getFirst().seconds <= 0)) {
            wait -= line.removeFirst().seconds;
        }
        wait = line.isEmpty() ? 0 : wait;
    }

    private void join(double demand) {
        if (line.isEmpty() || line.getLast().rate != demand) {
            line.addLast(new Arrivals(demand));
        }
    }

    private boolean isOutOfPatience(double capacity) {
        return patience - wait <= ROUNDING && capacity < line.getFirst().rate;
    }

    /** The first in line leave as fast as time passes, but for those that are served. */
    private double abandon(double most, double capacity, WaitTotals totals) {
        Arrivals first = line.getFirst();
        double seconds = line.size() == 1 ? most : Math.min(most, first.seconds);
        double leaving = (first.rate - capacity) * seconds;
        served += capacity * seconds;
        abandoned += leaving;
        totals.serve(capacity * seconds, patience, patience);
        totals.abandon(leaving, patience);
        first.seconds -= seconds;
        line.getLast().seconds += seconds;
        return seconds;
    }

    /** Until the line is out of patience, empty, or comes to arrivals of another rate. */
    private double serve(double most, double capacity, WaitTotals totals) {
        Arrivals first = line.getFirst();
        double speed = capacity / first.rate;
        double seconds = most;
        if (speed < 1) {
            seconds = Math.min(seconds, (patience - wait) / (1 - speed));
        }
        double gained = line.size() == 1 ? speed - 1 : speed;
        boolean endsFirst = gained > 0 && first.seconds / gained <= seconds;
        if (endsFirst) {
            seconds = first.seconds / gained;
        }
        double after = Math.max(0, wait + (1 - speed) * seconds);
        served += capacity * seconds;
        totals.serve(capacity * seconds, wait, after);
        line.getLast().seconds += seconds;
        first.seconds = endsFirst ? 0 : first.seconds - speed * seconds;
        wait = after;
        return seconds;
    }

    /** What arrived at one rate and has not been served. */
    private static final class Arrivals {
        final double rate;
        double seconds;

        Arrivals(double rate) {
            this.rate = rate;
        }
    }
}
