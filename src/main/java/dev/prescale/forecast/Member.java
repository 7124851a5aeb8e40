package dev.prescale.forecast;

/**
 * One method's point forecasts over one history. A forecast from a past origin must be the one that would have been issued
 * then: it reads no step at or after its origin.
 */
interface Member {
    /** Name as the API shows it. */
    String name();

    /** Whether enough is known before {@code origin} for this method. */
    boolean speaksAt(int origin);

    /**
     * Forecasts the {@code h}-th step after the origin (the step {@code origin + h - 1}) for each of these horizons.
     *
     * @param horizons steps, at least 1, ascending
     * @param rates req/s, one per horizon, filled; {@code NaN} where this method has nothing to say
     */
    void forecast(int origin, int[] horizons, double[] rates);
}
