package dev.prescale.forecast;

import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

/**
 * A series whose forecast is kept up with it: each new step is taken in in a constant time, and a forecast can be asked for
 * after each. A series that was followed step by step and one that was read in one go give the same forecast to the last bit.
 * Not thread-safe.
 */
public interface FollowedSeries {
    /**
     * Takes in the next step.
     *
     * @param rate req/s, {@code NaN} for a gap
     * @throws IllegalStateException where it has grown so far, by two months, that it is to be followed anew
     */
    void append(double rate);

    /** Steps taken in. */
    int size();

    /** First instant after the last step. */
    Instant end();

    /**
     * Writes all that was learnt, for {@link Forecaster#read}.
     *
     * @throws IOException where this series cannot be written, or the output fails
     */
    default void writeTo(DataOutput out) throws IOException {
        throw new IOException("this series is not written");
    }

    /** The forecast of the steps after the last one. */
    Forecast forecast(QuantileLevels levels);
}
