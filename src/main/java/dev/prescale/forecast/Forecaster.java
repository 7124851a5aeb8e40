package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import java.io.DataInput;
import java.io.IOException;

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
     * Reads a series that {@link FollowedSeries#writeTo} wrote; it goes on as the one that was written would have, to the last
     * bit.
     *
     * @param calendar that of the series that was written
     * @throws IOException where the bytes are none of a series, of another version, or damaged
     */
    default FollowedSeries read(DataInput in, TrafficCalendar calendar) throws IOException {
        throw new IOException("this forecaster keeps no series");
    }

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
