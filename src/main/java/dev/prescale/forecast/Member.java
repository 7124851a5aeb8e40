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
     * Forecasts the steps {@code origin}, {@code origin + 1}, ... as many as {@code rates} has room for.
     *
     * @param rates req/s, filled; {@code NaN} for a step about which this method has nothing to say
     */
    void forecast(int origin, double[] rates);
}
