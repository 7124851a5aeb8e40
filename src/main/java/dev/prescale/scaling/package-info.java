/**
 * Estimates to a decision under limits, with the trail of reasons. Pure: time and past are arguments.
 */
@NullMarked
package dev.prescale.scaling;

import org.jspecify.annotations.NullMarked;
