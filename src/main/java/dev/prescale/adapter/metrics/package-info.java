/**
 * Micrometer meters on decisions, forecasts and history reads.
 */
@NullMarked
package dev.prescale.adapter.metrics;

import org.jspecify.annotations.NullMarked;
