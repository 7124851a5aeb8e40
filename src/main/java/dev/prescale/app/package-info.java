/**
 * Composition root: producers, scheduler, health, start-up checks. Nothing uses it.
 */
@NullMarked
package dev.prescale.app;

import org.jspecify.annotations.NullMarked;
