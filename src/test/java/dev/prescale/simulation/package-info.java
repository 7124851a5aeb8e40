/**
 * Seeded simulation of the production control cycle under faults (house.md 4.7): everything that goes wrong is drawn from the
 * seed, and a list of invariants is verified after every cycle.
 */
@NullMarked
package dev.prescale.simulation;

import org.jspecify.annotations.NullMarked;
