/**
 * Embedded history and journal on one SQLite file.
 */
@NullMarked
package dev.prescale.adapter.sqlite;

import org.jspecify.annotations.NullMarked;
