package dev.prescale.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Port: the journal of decisions. Appended on change; survives a crash of the process. An entry that cannot be read any
 * more is passed over, and said so in the log: it hides none of the others.
 */
public interface DecisionLog {
    /** Keeps nothing. */
    DecisionLog NONE = new DecisionLog() {
        @Override
        public void append(List<DecisionRecord> decisions) {}

        @Override
        public Optional<DecisionRecord> latest(EndpointId endpoint) {
            return Optional.empty();
        }

        @Override
        public List<DecisionRecord> page(EndpointId endpoint, DecisionSelection selection, int limit) {
            return List.of();
        }
    };

    /** Journals the decisions of one cycle in one go. Where it throws, none of them is journalled. */
    void append(List<DecisionRecord> decisions);

    /** Journals one decision. */
    default void append(DecisionRecord decision) {
        append(List.of(decision));
    }

    /** The newest decision that can be read. */
    Optional<DecisionRecord> latest(EndpointId endpoint);

    /** Decisions of the selection, newest first, at most {@code limit}. */
    List<DecisionRecord> page(EndpointId endpoint, DecisionSelection selection, int limit);

    /** Decisions with {@code from <= at < to}, newest first, at most {@code limit}. */
    default List<DecisionRecord> page(EndpointId endpoint, Instant from, Instant to, int limit) {
        return page(endpoint, DecisionSelection.between(from, to), limit);
    }
}
