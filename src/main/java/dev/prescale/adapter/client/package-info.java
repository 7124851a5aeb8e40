/**
 * A running service as commands ask it: over its HTTP API, with an end to every wait and a bound to every answer.
 */
@NullMarked
package dev.prescale.adapter.client;

import org.jspecify.annotations.NullMarked;
