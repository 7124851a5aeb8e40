/**
 * Answers whose fields and units are fixed for outside programs, made once for all who give them: the API and the command line.
 * They know the core and {@code config}, and nobody who asks.
 */
@NullMarked
package dev.prescale.answer;

import org.jspecify.annotations.NullMarked;
