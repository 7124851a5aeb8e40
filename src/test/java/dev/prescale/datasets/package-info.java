/**
 * The generator of the traces in {@code datasets/}: seeded, the same bytes on every Java and machine ({@code StrictMath}
 * throughout, no library random beyond {@code SplittableRandom}).
 */
@NullMarked
package dev.prescale.datasets;

import org.jspecify.annotations.NullMarked;
