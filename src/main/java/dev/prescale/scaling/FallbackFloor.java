package dev.prescale.scaling;

import dev.prescale.scaling.ScalingPolicy.Fallback;
import java.util.Optional;

/**
 * The last rung of the ladder: after {@code failureThreshold} cycles in a row without a request rate, this one included,
 * at least {@code fallback.replicas}, or the replicas there are. The reason in the trail is what alarms.
 */
final class FallbackFloor implements Limit {
    @Override
    public Optional<Reason> limit(int replicas, Deliberation deliberation) {
        Situation situation = deliberation.situation();
        Fallback fallback = situation.policy().fallback();
        int cyclesWithoutData = situation.past().failures() + 1;
        boolean isRateKnown = situation.observation().requestRate() instanceof RateReading.Known;
        if (isRateKnown || cyclesWithoutData < fallback.failureThreshold()) {
            return Optional.empty();
        }
        Integer floor = fallback.replicas();
        int held = floor == null ? replicas : Math.max(replicas, floor);
        return Optional.of(new Reason(
                ReasonCode.FALLBACK,
                "fallback",
                replicas,
                held,
                "no request rate for %s in a row: %s"
                        .formatted(
                                cyclesWithoutData == 1 ? "1 cycle" : cyclesWithoutData + " cycles",
                                floor == null
                                        ? Wording.replicasAre(held) + " held"
                                        : "at least " + Wording.replicas(floor))));
    }
}
