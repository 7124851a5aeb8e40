package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A fitted lead-time demand. It learns from the histories that it is asked for; asking is cheap. Not thread-safe. */
public non-sealed interface LeadTimeModel extends LeadTimeForecaster.Fitted {
    Duration window();

    QuantileLevels levels();

    /** Who speaks at present. */
    PeakSource source();

    /**
     * Quantiles of the largest rate in {@code [history.end(), history.end() + window)}.
     *
     * @param history the history it was fitted on, grown by what has been observed since
     */
    LeadTimeDemand demandAt(RateSeries history);

    /**
     * The same quantiles by calibrated persistence (the headroom that target tracking would have needed), by the calibrated day
     * naive and week naive: what the model must beat.
     */
    Map<PeakSource, LeadTimeDemand> baselinesAt(RateSeries history);

    /** Writes the model with all that it has learned, for {@link LeadTimeForecaster#read}. */
    void writeTo(DataOutput out) throws IOException;
}
