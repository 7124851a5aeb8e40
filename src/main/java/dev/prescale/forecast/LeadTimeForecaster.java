package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
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

    /** Outcome of a fit. */
    sealed interface Fitted permits LeadTimeModel, TooShort {}

    /** The history cannot tell yet; only reactive rules size replicas. */
    record TooShort(String reason) implements Fitted {}
}
