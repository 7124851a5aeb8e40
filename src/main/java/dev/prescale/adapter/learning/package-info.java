/**
 * Fitting of shared models with Smile. Nothing outside of this package knows Smile: what leaves it are trees of the core.
 */
@NullMarked
package dev.prescale.adapter.learning;

import org.jspecify.annotations.NullMarked;
