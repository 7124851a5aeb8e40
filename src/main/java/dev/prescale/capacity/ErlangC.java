package dev.prescale.capacity;

/**
 * Probabilities of the M/M/c queue: Poisson arrivals, exponential service times, one first-come-first-served queue before c
 * servers. Time is counted in mean service times and load in erlangs ({@code a = rate * serviceTime}), so that no
 * unit remains.
 *
 * <p>Source: Erlang 1917; the formulas as in Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory, 4th
 * edition, 2.3.
 */
final class ErlangC {
    /** A term this small beside the sum changes none of its bits. */
    private static final double NEGLIGIBLE = 1e-17;

    private ErlangC() {}

    /**
     * Probability that a request finds all servers busy and waits, {@code C(c, a)}; 1 where the load is not below c.
     *
     * <p>With Erlang's loss formula B as {@code s = 1 / B}: {@code C = c / ((c - a) s + a)}, and
     *
     * <pre>
     *   s = 1 + c/a + c(c-1)/a^2 + ... + c!/a^c
     * </pre>
     *
     * is a sum of positive terms, so that no digits cancel. Terms grow while {@code c - k > a} and then fall faster than
     * geometrically: some multiple of the root of c is enough, instead of the c of the usual recursion. A sum beyond all
     * numbers is a probability of 0.
     *
     * @param servers at least 1
     * @param load in erlangs, at least 0
     */
    static double waitProbability(double servers, double load) {
        if (load >= servers) {
            return 1;
        }
        return servers / ((servers - load) * inverseLoss(servers, load) + load);
    }

    /** {@code 1 / B}; 1 without servers. */
    static double inverseLoss(double servers, double load) {
        double perLoad = 1 / load;
        double term = 1;
        double sum = 1;
        for (double left = servers; left >= 1; left--) {
            term *= left * perLoad;
            sum += term;
            if (term < sum * NEGLIGIBLE || sum == Double.POSITIVE_INFINITY) {
                break;
            }
        }
        return sum;
    }

    /**
     * Probability that waiting and service together take longer than {@code time} mean service times.
     *
     * <p>The wait is 0 with probability {@code 1 - C} and else exponential with rate {@code c - a}; service is exponential
     * with rate 1 and independent of it. Their sum has
     *
     * <pre>
     *   P(T > t) = e^-t + C (e^-t - e^-(c-a)t) / (c - a - 1)
     *            = e^-t + C t e^(-t min(1, c-a)) f(t |c-a-1|),   f(x) = (1 - e^-x) / x,  f(0) = 1
     * </pre>
     *
     * where the second form has neither the division by zero at {@code c - a = 1} (there it is {@code e^-t (1 + C t)}) nor
     * the difference of nearly equal numbers beside it. 1 where the load is not below c.
     */
    static double responseLongerThan(double time, double servers, double load) {
        double drain = servers - load;
        if (drain <= 0) {
            return 1;
        }
        double waiting = waitProbability(servers, load)
                * time
                * Math.exp(-time * Math.min(1, drain))
                * meanOfDecay(time * Math.abs(drain - 1));
        return Math.exp(-time) + waiting;
    }

    /** {@code (1 - e^-x) / x}, the mean of {@code e^-y} over y from 0 to x. */
    private static double meanOfDecay(double x) {
        return x == 0 ? 1 : -Math.expm1(-x) / x;
    }
}
