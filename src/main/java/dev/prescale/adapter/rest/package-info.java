/**
 * The HTTP API: resources, the JSON they speak and RFC 9457 problems.
 */
@NullMarked
package dev.prescale.adapter.rest;

import org.jspecify.annotations.NullMarked;
