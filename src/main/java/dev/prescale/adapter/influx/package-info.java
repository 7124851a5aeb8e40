/**
 * {@link dev.prescale.control.RateHistory} over InfluxDB; query text lives in one class.
 */
@NullMarked
package dev.prescale.adapter.influx;

import org.jspecify.annotations.NullMarked;
