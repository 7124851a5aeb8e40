package dev.prescale.scaling;

import java.util.Optional;

/** An operator's pause comes last and beats everything, the bounds included. */
final class PauseHold implements Limit {
    private static final String RULE = "pause";

    @Override
    public Optional<Reason> limit(int replicas, Deliberation deliberation) {
        int current = deliberation.currentReplicas();
        return switch (deliberation.situation().observation().pause()) {
            case NONE -> Optional.empty();
            case ALL ->
                Optional.of(new Reason(
                        ReasonCode.PAUSED,
                        RULE,
                        replicas,
                        current,
                        "scaling is paused: %s kept".formatted(Wording.replicasAre(current))));
            case SCALE_IN ->
                replicas >= current
                        ? Optional.empty()
                        : Optional.of(new Reason(
                                ReasonCode.PAUSED,
                                RULE,
                                replicas,
                                current,
                                "scale-in is paused: %s kept".formatted(Wording.replicasAre(current))));
        };
    }
}
