package dev.prescale.adapter.rest;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decisions, newest first.
 *
 * @param next the {@code to} that asks for the page after this one, null where this is the last
 */
@Schema(name = "DecisionPage")
record DecisionPage(
        String endpoint,
        List<JournalledDecision> decisions,
        @Nullable Instant next) {}
