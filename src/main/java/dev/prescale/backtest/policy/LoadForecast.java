package dev.prescale.backtest.policy;

import java.time.Instant;

/** What a policy expects of the load. It may remember, and is asked at later and later times. */
@FunctionalInterface
interface LoadForecast {
    /** Of a policy that expects nothing. */
    LoadForecast NONE = now -> Double.NaN;

    /**
     * The load to have replicas for, at full use of their capacity and with the policy's headroom in it.
     *
     * @param now nothing that had not ended by then may be looked at
     * @return req/s, {@code NaN} where nothing can be told
     */
    double demandAt(Instant now);
}
