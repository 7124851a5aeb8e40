package dev.prescale.scaling;

import dev.prescale.scaling.ForecastView.Available;
import java.util.List;

/**
 * Pre-scaling: {@code ceil(leadTimeDemand / (requestRate * predictive.targetUtilization))}. What is ordered now serves
 * one lead time ahead, so it is sized for the largest rate until then. No tolerance: the quantile already is the
 * headroom.
 */
final class LeadTimeSizing implements SizingRule {
    static final String RULE = "forecast";

    @Override
    public List<Opinion> opinions(Situation situation) {
        return List.of(
                switch (situation.forecastState()) {
                    case DISABLED -> new Opinion.Abstains(RULE, "Disabled");
                    case UNAVAILABLE -> new Opinion.Abstains(RULE, ReasonCode.FORECAST_UNAVAILABLE.wireName());
                    case DISTRUSTED -> new Opinion.Abstains(RULE, ReasonCode.FORECAST_DISTRUSTED.wireName());
                    case TRUSTED, MISSED -> size(situation, (Available) situation.forecast());
                });
    }

    private static Opinion size(Situation situation, Available forecast) {
        int replicas = replicasFor(forecast.leadTimeDemand(), situation);
        boolean keepsAll = replicas == situation.currentReplicas();
        String message = "up to " + need(forecast.leadTimeDemand(), replicas, situation)
                + " until what is ordered now serves, " + Wording.duration(forecast.leadTime()) + " ahead (quantile "
                + situation.policy().predictive().quantile() + ")" + (keepsAll ? ", all of those there are" : "");
        return new Opinion.Wants(
                RULE, replicas, keepsAll ? ReasonCode.FORECAST_HOLD : ReasonCode.FORECAST_PRE_SCALE, message);
    }

    static int replicasFor(double demand, Situation situation) {
        return situation
                .policy()
                .capacity()
                .replicasFor(demand, situation.policy().predictive().targetUtilization());
    }

    static String need(double demand, int replicas, Situation situation) {
        return Wording.need(
                demand,
                replicas,
                situation.policy().capacity(),
                situation.policy().predictive().targetUtilization());
    }
}
