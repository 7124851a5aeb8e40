package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import java.io.DataInput;
import java.io.IOException;
import java.time.Duration;

/**
 * Fits the lead-time demand of one endpoint: the number that sizes replicas. Fitted on schedule (every few hours), asked
 * every cycle.
 */
public interface LeadTimeForecaster {
    /**
     * @param history everything known, on its native grid
     * @param window from now until what is ordered now has started (lead time plus one cycle)
     */
    Fitted fit(RateSeries history, TrafficCalendar calendar, Duration window, QuantileLevels levels);

    /**
     * Fits again, from where the previous model was; what it issued goes on being judged. The previous model must not be asked
     * any more.
     */
    default Fitted refit(LeadTimeModel previous, RateSeries history, TrafficCalendar calendar) {
        return fit(history, calendar, previous.window(), previous.levels());
    }

    /**
     * Reads a model that {@link LeadTimeModel#writeTo} wrote; it goes on as the one that was written would have.
     *
     * @throws IOException where the bytes are none of a model, or damaged
     */
    default LeadTimeModel read(DataInput in, TrafficCalendar calendar) throws IOException {
        throw new IOException("this forecaster keeps no models");
    }

    /** Outcome of a fit. */
    sealed interface Fitted permits LeadTimeModel, TooShort {}

    /** The history cannot tell yet; only reactive rules size replicas. */
    record TooShort(String reason) implements Fitted {}
}
