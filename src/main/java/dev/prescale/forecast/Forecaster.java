package dev.prescale.forecast;

/** A history in, quantiles per step out. Deterministic: the same request gives the same forecast to the last bit. */
public interface Forecaster {
    /**
     * Forecasts from the end of the history.
     *
     * @throws IllegalArgumentException where the history has no sample at all
     */
    Forecast forecast(ForecastRequest request);
}
