/**
 * Series in, quantiles per step out: members, their combination, calibration and scenario paths. Knows nothing of replicas.
 */
@NullMarked
package dev.prescale.forecast;

import org.jspecify.annotations.NullMarked;
