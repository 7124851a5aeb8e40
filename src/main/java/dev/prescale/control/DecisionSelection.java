package dev.prescale.control;

import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import java.time.Instant;
import java.util.Set;

/**
 * Which decisions of an endpoint's journal are asked for.
 *
 * @param from inclusive
 * @param to exclusive
 * @param codes the trail has at least one of them; empty for any trail
 * @param changedOnly only those that asked for another number of replicas than there was
 */
public record DecisionSelection(Instant from, Instant to, Set<ReasonCode> codes, boolean changedOnly) {
    public DecisionSelection {
        codes = Set.copyOf(codes);
    }

    /** All decisions of that time. */
    public static DecisionSelection between(Instant from, Instant to) {
        return new DecisionSelection(from, to, Set.of(), false);
    }

    public boolean includes(DecisionRecord record) {
        ScalingDecision decision = record.decision();
        return !record.at().isBefore(from)
                && record.at().isBefore(to)
                && (codes.isEmpty() || codes.stream().anyMatch(decision::has))
                && (!changedOnly || decision.action() == ScalingDecision.Action.SCALE_TO);
    }
}
