/**
 * The command line.
 */
@NullMarked
package dev.prescale.adapter.cli;

import org.jspecify.annotations.NullMarked;
