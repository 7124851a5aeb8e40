package dev.prescale.scaling;

import dev.prescale.scaling.ForecastView.Available;
import dev.prescale.scaling.ScalingPolicy.ScaleIn;
import java.time.Duration;
import java.util.Optional;

/**
 * A forecast that counts must agree to scale-in: with {@code scaleIn: Never} it never does, else it keeps what the demand
 * over the scale-in horizon needs.
 */
final class ForecastScaleInHold implements Limit {
    @Override
    public Optional<Reason> limit(int replicas, Deliberation deliberation) {
        Situation situation = deliberation.situation();
        int current = situation.currentReplicas();
        if (replicas >= current || !situation.forecastState().sizesReplicas()) {
            return Optional.empty();
        }
        if (situation.policy().predictive().scaleIn() == ScaleIn.NEVER) {
            return Optional.of(new Reason(
                    ReasonCode.SCALE_IN_NOT_UNANIMOUS,
                    LeadTimeSizing.RULE,
                    replicas,
                    current,
                    "predictive.scaleIn is Never: %s kept while the forecast is trusted"
                            .formatted(Wording.replicasAre(current))));
        }
        double demand = ((Available) situation.forecast()).scaleInDemand();
        int needed = LeadTimeSizing.replicasFor(demand, situation);
        if (needed <= replicas) {
            return Optional.empty();
        }
        return Optional.of(new Reason(
                ReasonCode.FORECAST_HOLD,
                LeadTimeSizing.RULE,
                replicas,
                Math.min(needed, current),
                "scale-in waits: up to %s within %s%s"
                        .formatted(
                                LeadTimeSizing.need(demand, needed, situation),
                                horizon(situation),
                                needed > current ? ", more than there are" : "")));
    }

    private static String horizon(Situation situation) {
        Duration horizon = situation.policy().predictive().scaleInHorizon();
        return Wording.duration(horizon != null ? horizon : ((Available) situation.forecast()).leadTime());
    }
}
