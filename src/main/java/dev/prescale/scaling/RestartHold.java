package dev.prescale.scaling;

import java.util.Optional;

/** After a restart nothing is taken away until the history has been read again. */
final class RestartHold implements Limit {
    @Override
    public Optional<Reason> limit(int replicas, Deliberation deliberation) {
        if (!deliberation.situation().past().restarted()) {
            return Optional.empty();
        }
        return Optional.of(new Reason(
                ReasonCode.AFTER_RESTART,
                "restart",
                replicas,
                Math.max(replicas, deliberation.currentReplicas()),
                "the history has not been read yet: no replicas are taken away"));
    }
}
