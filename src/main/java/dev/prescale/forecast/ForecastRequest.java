package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.TrafficCalendar;

/**
 * @param history everything known; its end is the origin of the forecast
 * @param horizonSteps steps of the history's grid to look ahead
 */
public record ForecastRequest(RateSeries history, TrafficCalendar calendar, int horizonSteps, QuantileLevels levels) {
    public static final int MOST_STEPS = 2_000;

    public ForecastRequest {
        Require.that(
                horizonSteps >= 1 && horizonSteps <= MOST_STEPS,
                "horizon must be 1 to %s steps, was %s",
                MOST_STEPS,
                horizonSteps);
        Require.that(history.hasSamples(), "history must have a sample");
    }
}
