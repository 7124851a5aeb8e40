package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;

/**
 * The forecast of members weighted by their past errors, with quantiles calibrated on the errors of what was issued. Every
 * request builds a {@link ForecastModel} of its history; {@link #follow} keeps one and grows it.
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
    public Forecast forecast(ForecastRequest request) {
        return follow(request.history(), request.calendar(), request.horizonSteps())
                .forecast(request.levels());
    }

    @Override
    public FollowedSeries follow(RateSeries history, TrafficCalendar calendar, int horizonSteps) {
        return new FollowedSeries(history, calendar, ForecastModel.of(history, calendar, horizonSteps, shared));
    }
}
