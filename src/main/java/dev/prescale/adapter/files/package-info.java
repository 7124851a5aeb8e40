/**
 * CSV traces and specification files on disk.
 */
@NullMarked
package dev.prescale.adapter.files;

import org.jspecify.annotations.NullMarked;
