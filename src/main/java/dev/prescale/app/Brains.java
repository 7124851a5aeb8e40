package dev.prescale.app;

import dev.prescale.control.Fleet;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.scaling.CombinedDecisionRule;

/** What the service thinks with; a replay thinks with the same. */
final class Brains {
    private Brains() {}

    static Fleet.Brain production() {
        return new Fleet.Brain(new CombinedForecaster(), new DirectLeadTimeForecaster(), new CombinedDecisionRule());
    }
}
