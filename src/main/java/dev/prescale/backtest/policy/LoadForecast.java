package dev.prescale.backtest.policy;

import java.time.Instant;

/** What a policy expects of the load. It may remember, and is asked at later and later times. */
@FunctionalInterface
interface LoadForecast {
    /** Of a policy that expects nothing. */
    LoadForecast NONE = now -> Double.NaN;

    /**
     * The rate to have replicas for, without any headroom.
     *
     * @param now nothing that had not ended by then may be looked at
     * @return req/s, {@code NaN} where nothing can be told
     */
    double rateAt(Instant now);
}
