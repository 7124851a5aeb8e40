/**
 * How good was a forecast: losses, coverage, rolling origins, the health gate. Knows nothing of replicas.
 */
@NullMarked
package dev.prescale.accuracy;

import org.jspecify.annotations.NullMarked;
