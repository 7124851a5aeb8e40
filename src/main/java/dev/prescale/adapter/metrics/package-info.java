/**
 * What operators watch: Micrometer meters on cycles, forecasts, decisions and history reads, and health checks.
 */
@NullMarked
package dev.prescale.adapter.metrics;

import org.jspecify.annotations.NullMarked;
