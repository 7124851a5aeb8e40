package dev.prescale.adapter.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Observed rates. {@code rates[k]} covers {@code [start + k * step, start + (k + 1) * step)}.
 *
 * @param rates req/s, null for a gap
 */
@Schema(name = "EndpointHistory")
record EndpointHistory(String endpoint, Instant start, Duration step, List<@Nullable Double> rates) {}
