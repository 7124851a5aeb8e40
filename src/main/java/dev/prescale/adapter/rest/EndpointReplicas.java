package dev.prescale.adapter.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Replicas over time: entry {@code k} of each list is what was in force at {@code start + k * step}; null is not known.
 *
 * @param decided by Prescale, from the journal
 * @param ready that served when the decision in force was journalled
 * @param targetTracking what target tracking on the request rate alone would have had
 */
@Schema(name = "EndpointReplicas")
record EndpointReplicas(
        String endpoint,
        Instant start,
        Duration step,
        List<@Nullable Integer> decided,
        List<@Nullable Integer> ready,
        List<@Nullable Integer> targetTracking) {}
