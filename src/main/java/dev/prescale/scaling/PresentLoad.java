package dev.prescale.scaling;

import dev.prescale.capacity.CapacityModel;
import java.util.List;

/**
 * What the present request rate needs with every replica at full capacity: the floor under a forecast that sizes
 * replicas. No tolerance: fewer could not serve what is there.
 */
final class PresentLoad implements SizingRule {
    static final String RULE = "presentLoad";

    @Override
    public List<Opinion> opinions(Situation situation) {
        if (!situation.forecastState().sizesReplicas()) {
            return List.of();
        }
        return List.of(Opinion.on(RULE, situation.observation().requestRate(), rate -> need(rate, situation)));
    }

    private static Opinion need(double rate, Situation situation) {
        CapacityModel capacity = situation.policy().capacity();
        int replicas = capacity.replicasFor(rate, 1);
        return new Opinion.Wants(
                RULE,
                replicas,
                ReasonCode.PRESENT_LOAD,
                Wording.need(rate, replicas, capacity, 1) + " at full capacity");
    }
}
