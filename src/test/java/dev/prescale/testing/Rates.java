package dev.prescale.testing;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Series for tests, from Monday 2024-01-01T00:00:00Z on. */
public final class Rates {
    public static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    public static final Step HOUR = new Step(3600);
    public static final Step TEN_MINUTES = new Step(600);
    public static final Step MINUTE = new Step(60);

    private Rates() {}

    /** Hourly rates (req/s), by the hour since the start. */
    public static RateSeries hourly(int hours, IntToDoubleFunction rate) {
        return of(HOUR, hours, rate);
    }

    public static RateSeries of(Step step, int steps, IntToDoubleFunction rate) {
        double[] rates = new double[steps];
        Arrays.setAll(rates, rate);
        return RateSeries.of(START, step, rates);
    }

    /** The rates from {@code first} on replaced by those of another function. */
    public static RateSeries changedFrom(RateSeries series, int first, IntToDoubleFunction rate) {
        return of(series.step(), series.size(), t -> t < first ? series.rateAt(t) : rate.applyAsDouble(t));
    }
}
