package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.TrafficCalendar;
import java.io.DataInput;
import java.io.IOException;
import java.time.DateTimeException;

/**
 * The forecast of members weighted by their past errors, with quantiles calibrated on the errors of what was issued. Each
 * series has a {@link ForecastModel}.
 */
public final class CombinedForecaster implements Forecaster {
    private final SharedModel shared;

    public CombinedForecaster() {
        this(SharedModel.NONE);
    }

    /** @param shared what was learned across endpoints, for short histories */
    public CombinedForecaster(SharedModel shared) {
        this.shared = shared;
    }

    @Override
    public FollowedSeries follow(RateSeries history, TrafficCalendar calendar, int horizonSteps) {
        Require.that(history.hasSamples(), "history must have a sample");
        ForecastModel.Setting setting = new ForecastModel.Setting(calendar, horizonSteps, shared);
        return new CombinedSeries(history, calendar, ForecastModel.of(history, setting));
    }

    @Override
    public FollowedSeries read(DataInput in, TrafficCalendar calendar) throws IOException {
        try {
            return CombinedSeries.readFrom(in, calendar, shared);
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | DateTimeException damaged) {
            throw new IOException("a damaged state of a followed series", damaged);
        }
    }
}
