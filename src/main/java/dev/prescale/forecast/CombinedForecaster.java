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
        if (IntermittentSeries.is(history)) {
            return new IntermittentSeries(history, calendar, horizonSteps);
        }
        return new CombinedSeries(history, calendar, ForecastModel.of(history, calendar, horizonSteps, shared));
    }

    @Override
    public FollowedSeries read(DataInput in, TrafficCalendar calendar) throws IOException {
        try {
            int format = in.readInt();
            return switch (format) {
                case CombinedSeries.FORMAT -> CombinedSeries.readFrom(in, calendar, shared);
                case IntermittentSeries.FORMAT -> IntermittentSeries.readFrom(in, calendar);
                default -> throw new IOException("its format %d is not known".formatted(format));
            };
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | DateTimeException damaged) {
            throw new IOException("a damaged state of a followed series", damaged);
        }
    }
}
