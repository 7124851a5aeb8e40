package dev.prescale.app;

import dev.prescale.adapter.learning.TribuoCostLearner;
import dev.prescale.control.Fleet;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.forecast.SharedModel;
import dev.prescale.scaling.CombinedDecisionRule;

/** What the service thinks with; a replay thinks with the same. */
final class Brains {
    private Brains() {}

    /** @param shared what was learned across endpoints */
    static Fleet.Brain production(SharedModel shared) {
        return new Fleet.Brain(
                new CombinedForecaster(shared),
                new DirectLeadTimeForecaster(shared),
                new CombinedDecisionRule(),
                new TribuoCostLearner());
    }
}
