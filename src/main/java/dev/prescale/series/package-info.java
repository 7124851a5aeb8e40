/**
 * A regular UTC grid of request rate, with gaps that are never zero. Knows nothing of forecasts, replicas or where samples come from.
 */
@NullMarked
package dev.prescale.series;

import org.jspecify.annotations.NullMarked;
