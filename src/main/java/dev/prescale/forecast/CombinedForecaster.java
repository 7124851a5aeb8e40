package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.TrafficCalendar;

/**
 * The forecast of members weighted by their past errors, with quantiles calibrated on the errors of what was issued. Each
 * series has a {@link ForecastModel}.
 */
public final class CombinedForecaster implements Forecaster {
    private final SharedModel shared;

    public CombinedForecaster() {
        this(SharedModel.NONE);
    }

    /** @param shared what was learned across endpoints, for short histories */
    public CombinedForecaster(SharedModel shared) {
        this.shared = shared;
    }

    @Override
    public FollowedSeries follow(RateSeries history, TrafficCalendar calendar, int horizonSteps) {
        Require.that(history.hasSamples(), "history must have a sample");
        if (IntermittentSeries.is(history)) {
            return new IntermittentSeries(history, calendar, horizonSteps);
        }
        return new CombinedSeries(history, calendar, ForecastModel.of(history, calendar, horizonSteps, shared));
    }
}
