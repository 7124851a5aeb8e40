package dev.prescale.adapter.rest;

import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.NearPeaks;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.DecisionRule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The forecaster and the decision rule of production. */
@Alternative
@ApplicationScoped
class CoreRules {
    @Produces
    @Singleton
    Forecaster forecaster() {
        return new CombinedForecaster();
    }

    @Produces
    @Singleton
    NearPeaks nearPeaks() {
        return new NearPeaks();
    }

    @Produces
    @Singleton
    DecisionRule rule() {
        return new CombinedDecisionRule();
    }
}
