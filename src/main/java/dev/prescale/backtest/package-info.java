/**
 * Replay of recorded traffic through the production control cycle onto simulated workloads, and the scores of policies.
 * Knows no files, no threads and no clock: simulated time is advanced by the caller.
 */
@NullMarked
package dev.prescale.backtest;

import org.jspecify.annotations.NullMarked;
