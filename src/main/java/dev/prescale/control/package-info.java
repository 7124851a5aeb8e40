/**
 * One control cycle and the ports it needs. Knows ports, never their adapters, and no clock.
 */
@NullMarked
package dev.prescale.control;

import org.jspecify.annotations.NullMarked;
