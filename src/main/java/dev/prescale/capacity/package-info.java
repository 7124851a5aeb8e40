/**
 * Request rate to replicas and back. Knows no history and no time.
 */
@NullMarked
package dev.prescale.capacity;

import org.jspecify.annotations.NullMarked;
