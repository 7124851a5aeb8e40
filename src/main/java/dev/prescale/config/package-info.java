/**
 * Specifications and settings: read from YAML or JSON, every fault named, translated once into core records.
 */
@NullMarked
package dev.prescale.config;

import org.jspecify.annotations.NullMarked;
