/**
 * Replays a trace through the production control cycle onto simulated workloads and scores every policy.
 */
@NullMarked
package dev.prescale.backtest;

import org.jspecify.annotations.NullMarked;
