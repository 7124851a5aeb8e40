package dev.prescale.series;

/** What the values of a source mean. */
public enum SampleKind {
    /** Requests since the sample before; a step's count is their sum. */
    COUNT,
    /** A monotonic total that restarts at zero; a step's count is the sum of its increases. */
    COUNTER,
    /** Requests per second; a step's rate is the mean. */
    RATE
}
