package dev.prescale.scaling;

import dev.prescale.capacity.CapacityModel;
import java.util.List;

/**
 * Target tracking on the request rate: the fewest replicas that serve the rate at the capacity's target utilization, held while
 * the rate over what the current replicas are planned to serve is within tolerance. Abstains while a trusted
 * forecast is the headroom.
 */
final class RequestRateTracking implements SizingRule {
    static final String RULE = "requestRate";
    static final String FORECAST_TRUSTED = "ForecastTrusted";

    @Override
    public List<Opinion> opinions(Situation situation) {
        if (!situation.targetTrackingCounts()) {
            return List.of(new Opinion.Abstains(RULE, FORECAST_TRUSTED));
        }
        return List.of(Opinion.on(RULE, situation.observation().requestRate(), rate -> track(rate, situation)));
    }

    private static Opinion track(double load, Situation situation) {
        CapacityModel capacity = situation.policy().capacity();
        double utilization = capacity.targetUtilization();
        int current = situation.currentReplicas();
        double planned = capacity.sustainedBy(current) * utilization;
        if (current > 0 && situation.policy().reactive().tolerance().covers(load / planned)) {
            return new Opinion.Wants(
                    RULE,
                    current,
                    ReasonCode.WITHIN_TOLERANCE,
                    Wording.load(load, capacity) + " are within "
                            + Wording.tolerance(situation.policy().reactive().tolerance()) + " of the "
                            + Wording.load(planned, capacity) + " that " + Wording.replicas(current)
                            + (current == 1 ? " serves " : " serve ") + Wording.each(capacity, utilization));
        }
        int replicas = capacity.replicasFor(load, utilization);
        return new Opinion.Wants(
                RULE, replicas, ReasonCode.TARGET_TRACKING, Wording.need(load, replicas, capacity, utilization));
    }
}
