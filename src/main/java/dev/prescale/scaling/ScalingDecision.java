package dev.prescale.scaling;

import dev.prescale.series.Require;
import java.util.List;

/**
 * The outcome of one control cycle.
 *
 * @param currentReplicas what the workload had
 * @param replicas what it shall have
 * @param recommended what the rules asked for together, before limits
 * @param trail ordered causes; every limit that changed the number is among them
 */
public record ScalingDecision(
        int currentReplicas, int replicas, int recommended, List<Proposal> proposals, List<Reason> trail) {
    public ScalingDecision {
        Require.that(replicas >= 0, "replicas must be >= 0, was %s", replicas);
        proposals = List.copyOf(proposals);
        trail = List.copyOf(trail);
    }

    public Action action() {
        return replicas == currentReplicas ? Action.HOLD : Action.SCALE_TO;
    }

    public boolean has(ReasonCode code) {
        return trail.stream().anyMatch(reason -> reason.code() == code);
    }

    /** What is done. */
    public enum Action {
        SCALE_TO("ScaleTo"),
        HOLD("Hold");

        private final String wireName;

        Action(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
