package dev.prescale.scaling;

import java.util.Optional;

/** During a rollout nothing is taken away, lest versions are mixed by our doing. The maximum still holds. */
final class RolloutHold implements Limit {
    @Override
    public Optional<Reason> limit(int replicas, Deliberation deliberation) {
        Situation situation = deliberation.situation();
        int most = Math.max(replicas, BoundsInForce.of(situation).maxReplicas());
        int held = Math.min(situation.currentReplicas(), most);
        if (!situation.observation().rolloutInProgress() || replicas >= held) {
            return Optional.empty();
        }
        return Optional.of(new Reason(
                ReasonCode.ROLLOUT_HOLD,
                "rollout",
                replicas,
                held,
                "a rollout is in progress: %s kept until it is done".formatted(Wording.replicasAre(held))));
    }
}
