package dev.prescale.backtest;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * A recorded load to replay.
 *
 * @param name what scorecards call it
 * @param minutes req/s per minute; a minute that was not recorded is a gap
 */
public record Trace(String name, RateSeries minutes) {
    public static final Step MINUTE = new Step(60);

    public Trace {
        Require.that(!name.isBlank(), "name of a trace must not be blank");
        Require.that(
                minutes.step().equals(MINUTE),
                "a trace has steps of 60 s, were %s s",
                minutes.step().seconds());
        Require.that(
                minutes.start().toEpochMilli() % 60_000 == 0,
                "trace %s must begin on a whole minute, was %s",
                name,
                minutes.start());
        Require.that(minutes.hasSamples(), "trace %s has no samples", name);
    }

    /**
     * A trace of any step that divides a minute or that a minute divides: finer steps are averaged, coarser ones are taken
     * as constant, so that each of their minutes already tells the mean of the whole step. A trace that begins inside a
     * minute is moved to its beginning.
     */
    public static Trace of(String name, RateSeries series) {
        int seconds = series.step().seconds();
        Require.that(
                MINUTE.seconds() % seconds == 0 || seconds % MINUTE.seconds() == 0,
                "step of trace %s must divide 60 s or be a multiple of it, was %s s",
                name,
                seconds);
        return new Trace(name, seconds < MINUTE.seconds() ? series.regrid(MINUTE) : repeated(series));
    }

    private static RateSeries repeated(RateSeries series) {
        int times = series.step().seconds() / MINUTE.seconds();
        double[] rates = new double[series.size() * times];
        for (int k = 0; k < series.size(); k++) {
            Arrays.fill(rates, k * times, (k + 1) * times, series.rateAt(k));
        }
        return RateSeries.of(series.start().truncatedTo(ChronoUnit.MINUTES), MINUTE, rates);
    }

    /** Demand in req/s at an instant, {@code NaN} where it was not recorded. */
    public double demandAt(Instant instant) {
        int index = minutes.indexOf(instant);
        return index < 0 || index >= minutes.size() ? Double.NaN : minutes.rateAt(index);
    }
}
