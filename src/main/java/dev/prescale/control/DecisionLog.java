package dev.prescale.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: the journal of decisions. Appended on change; survives a crash of the process. */
public interface DecisionLog {
    void append(DecisionRecord decision);

    /** Those of one cycle, all of them or none. */
    default void append(List<DecisionRecord> decisions) {
        decisions.forEach(this::append);
    }

    Optional<DecisionRecord> latest(EndpointId endpoint);

    /** Decisions with {@code from <= at < to}, newest first, at most {@code limit}. */
    List<DecisionRecord> page(EndpointId endpoint, Instant from, Instant to, int limit);
}
