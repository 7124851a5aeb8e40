package dev.prescale.scaling;

import dev.prescale.scaling.ScalingHistory.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Waits for a change to last: scale-up goes no higher than the lowest recommendation within its window, scale-down no
 * lower than the highest within its own. A recommendation counts while it is younger than the window.
 *
 * <p>From 0 replicas the first one never waits (activation).
 *
 * <p>Recommendations are samples, one per cycle, as with HPA: one that is older than the window does not count even if
 * none followed it. Source: kubernetes {@code horizontal.go}, {@code stabilizeRecommendationWithBehaviors}.
 */
final class StabilizationWindow implements Limit {
    @Override
    public Optional<Reason> limit(int replicas, Deliberation deliberation) {
        Situation situation = deliberation.situation();
        var behavior = situation.policy().behavior();
        Duration upWindow = behavior.scaleUp().stabilizationWindow();
        Duration downWindow = behavior.scaleDown().stabilizationWindow();
        int lowestForUp = replicas;
        for (Recommendation past : situation.past().recommendations()) {
            if (isWithin(upWindow, past, situation.now())) {
                lowestForUp = Math.min(lowestForUp, past.replicas());
            }
        }
        int highestForDown = highestForScaleDown(replicas, situation);
        int current = situation.currentReplicas();
        if (replicas > current && lowestForUp < replicas) {
            int stabilized = Math.max(current == 0 ? 1 : current, lowestForUp);
            if (stabilized == replicas) {
                return Optional.empty();
            }
            return Optional.of(new Reason(
                    ReasonCode.SCALE_UP_STABILIZED,
                    "scaleUp",
                    replicas,
                    stabilized,
                    "as few as " + was(lowestForUp) + " recommended within the last " + Wording.duration(upWindow)
                            + ", so that scale-up waits"));
        }
        if (replicas < current && highestForDown > replicas) {
            int stabilized = Math.min(current, highestForDown);
            return Optional.of(new Reason(
                    ReasonCode.SCALE_DOWN_STABILIZED,
                    "scaleDown",
                    replicas,
                    stabilized,
                    "as many as " + was(highestForDown) + " recommended within the last " + Wording.duration(downWindow)
                            + ", so that scale-down waits"));
        }
        return Optional.empty();
    }

    /** The largest of a number and what was recommended within the scale-down window. */
    static int highestForScaleDown(int replicas, Situation situation) {
        Duration window = situation.policy().behavior().scaleDown().stabilizationWindow();
        int highest = replicas;
        for (Recommendation past : situation.past().recommendations()) {
            if (isWithin(window, past, situation.now())) {
                highest = Math.max(highest, past.replicas());
            }
        }
        return highest;
    }

    private static String was(int replicas) {
        return Wording.replicas(replicas) + (replicas == 1 ? " was" : " were");
    }

    private static boolean isWithin(Duration window, Recommendation past, Instant now) {
        return past.at().isAfter(now.minus(window));
    }
}
