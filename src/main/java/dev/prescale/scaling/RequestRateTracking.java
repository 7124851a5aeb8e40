package dev.prescale.scaling;

import dev.prescale.capacity.CapacityPlan;
import java.util.List;

/**
 * Target tracking on the request rate: {@code ceil(rate / (requestRate * targetUtilization))}, held while
 * {@code rate / (currentReplicas * requestRate * targetUtilization)} is within tolerance. Abstains while a trusted
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

    private static Opinion track(double rate, Situation situation) {
        CapacityPlan capacity = situation.policy().capacity();
        double ratePerReplica = capacity.requestRate() * capacity.targetUtilization();
        int current = situation.currentReplicas();
        var tracked = TargetTracking.byAverageValue(
                rate, ratePerReplica, current, situation.policy().reactive().tolerance());
        if (tracked.withinTolerance()) {
            return new Opinion.Wants(
                    RULE,
                    current,
                    ReasonCode.WITHIN_TOLERANCE,
                    "%s are within tolerance of the %s that %s at %s each"
                            .formatted(
                                    Wording.rate(rate),
                                    Wording.rate(ratePerReplica * current),
                                    Wording.replicas(current) + (current == 1 ? " serves" : " serve"),
                                    Wording.rate(ratePerReplica)));
        }
        return new Opinion.Wants(
                RULE,
                tracked.replicas(),
                ReasonCode.TARGET_TRACKING,
                Wording.need(rate, tracked.replicas(), ratePerReplica));
    }
}
