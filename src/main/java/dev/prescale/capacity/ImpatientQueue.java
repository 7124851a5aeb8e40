package dev.prescale.capacity;

import dev.prescale.series.Require;

/**
 * The M/M/c queue whose requests leave when they have waited for a fixed patience (M/M/c+D), in its steady state. Time is
 * counted in mean service times, as in {@link ErlangC}; with endless patience the two agree.
 *
 * <p>With load {@code a} in erlangs, c servers and patience t, {@code p} the probability of c - 1 requests and {@code E =
 * 1 / B(c - 1, a)} of Erlang's loss formula, the wait that a request would have if it stayed has
 *
 * <pre>
 *   P(V = 0)  = p E
 *   density   = p a e^-(c-a)x             for 0 &lt; x &lt; t
 *             = p a e^(a t - c x)         for x &gt; t
 *   so that  1 = p (E + a J + a K),   J = (1 - e^-(c-a)t) / (c - a),   K = e^-(c-a)t / c
 * </pre>
 *
 * and those with {@code V > t} leave. Loads above c, for which it exists too, are not asked for here. Source: Baccelli and Hebuterne, On queues
 * with impatient customers, Performance '81; the notation of Zeltyn and Mandelbaum, Queueing Systems 51 (2005).
 */
public final class ImpatientQueue {
    private final double drain;
    private final double patience;
    private final double tail;
    private final double perNorm;

    private ImpatientQueue(double drain, double patience, double tail, double perNorm) {
        this.drain = drain;
        this.patience = patience;
        this.tail = tail;
        this.perNorm = perNorm;
    }

    /**
     * @param servers whole, at least 1
     * @param load in erlangs, above 0, at most {@code servers}
     * @param patience in mean service times, above 0
     */
    public static ImpatientQueue of(double servers, double load, double patience) {
        Require.that(servers >= 1, "servers must be at least 1, were %s", servers);
        Require.that(load > 0 && load <= servers, "load must be above 0 and at most %s, was %s", servers, load);
        Require.that(patience > 0, "patience must be above 0, was %s", patience);
        double drain = servers - load;
        double tail = StrictMath.exp(-drain * patience) / servers;
        double waiting = load * (decayOver(drain, patience) + tail);
        double norm = ErlangC.inverseLoss(servers - 1, load) + waiting;
        return new ImpatientQueue(drain, patience, tail, load / norm);
    }

    /**
     * Share of the requests that wait longer; those that leave wait for their patience.
     *
     * @param time in mean service times, at least 0
     */
    public double waitsLongerThan(double time) {
        if (time >= patience) {
            return 0;
        }
        double left = patience - time;
        return Math.min(1, perNorm * (StrictMath.exp(-drain * time) * decayOver(drain, left) + tail));
    }

    /** Share of the requests that leave before they are served. */
    public double abandonedShare() {
        return perNorm * tail;
    }

    /** {@code (1 - e^-rt) / r}, the integral of {@code e^-rx} over x from 0 to t. */
    private static double decayOver(double rate, double time) {
        return rate == 0 ? time : -StrictMath.expm1(-rate * time) / rate;
    }
}
