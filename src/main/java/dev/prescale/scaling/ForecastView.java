package dev.prescale.scaling;

import dev.prescale.series.Require;
import java.time.Duration;

/** What the decision sees of the forecast. */
public sealed interface ForecastView {
    /**
     * A fresh forecast.
     *
     * @param leadTimeDemand req/s at the sizing quantile: largest rate from now until what is ordered now has started
     * @param scaleInDemand req/s at the sizing quantile over the scale-in horizon; the same number where none is set
     * @param leadTime how far ahead {@code leadTimeDemand} looks
     * @param trusted what the health gate says
     * @param missed observed above what was issued within the surprise hold
     */
    record Available(double leadTimeDemand, double scaleInDemand, Duration leadTime, boolean trusted, boolean missed)
            implements ForecastView {
        public Available {
            Require.that(leadTimeDemand >= 0, "leadTimeDemand must be >= 0, was %s", leadTimeDemand);
            Require.that(scaleInDemand >= 0, "scaleInDemand must be >= 0, was %s", scaleInDemand);
        }
    }

    /** No forecast to act on, and why: too short a history, stale, failed. */
    record Unavailable(String reason) implements ForecastView {}

    /** {@code predictive.enabled: false}. */
    record Disabled() implements ForecastView {}
}
