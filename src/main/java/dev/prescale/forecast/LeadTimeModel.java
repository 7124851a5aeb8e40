package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import java.time.Duration;

/** A fitted lead-time demand. Immutable; asking is cheap. */
public non-sealed interface LeadTimeModel extends LeadTimeForecaster.Fitted {
    Duration window();

    /**
     * Quantiles of the largest rate in {@code [history.end(), history.end() + window)}.
     *
     * @param history the history it was fitted on, grown by what has been observed since
     */
    LeadTimeDemand demandAt(RateSeries history);

    /**
     * The same quantiles by calibrated persistence (the last observed rate times the quantile of its past ratios to the
     * peak that followed): the headroom that target tracking would have needed, which the model must beat.
     */
    LeadTimeDemand persistenceAt(RateSeries history);
}
