package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;

/** A history in, quantiles per step out. Deterministic: the same request gives the same forecast to the last bit. */
public interface Forecaster {
    /**
     * Starts to follow a series from its history on.
     *
     * @param horizonSteps steps to look ahead with each forecast
     * @throws IllegalArgumentException where the history has no sample at all
     */
    FollowedSeries follow(RateSeries history, TrafficCalendar calendar, int horizonSteps);

    /**
     * Forecasts from the end of the history.
     *
     * @throws IllegalArgumentException where the history has no sample at all
     */
    default Forecast forecast(ForecastRequest request) {
        return follow(request.history(), request.calendar(), request.horizonSteps())
                .forecast(request.levels());
    }
}
