package dev.prescale.control;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.capacity.CostEstimate;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.RateReading;
import dev.prescale.series.RateSeries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The load of an endpoint as one cycle sees it, everything in the unit of its capacity model.
 *
 * @param reading of the newest full step
 * @param isFilled whether the whole history has been read once
 * @param history observed load on the native grid
 * @param planning null until one could be made
 * @param demand lead-time demand, null where there is none to act on
 * @param whyNone why there is no demand, empty where there is one
 * @param costs what requests were learned to cost; null where they are given or not known
 * @param missed more was observed than had been issued, within the surprise hold
 */
record LoadView(
        RateReading reading,
        boolean isFilled,
        RateSeries history,
        @Nullable Forecast planning,
        @Nullable LeadTimeDemand demand,
        String whyNone,
        GateStatus gate,
        boolean missed,
        EndpointAccuracy accuracy,
        CostEstimate.@Nullable Known costs,
        List<String> warnings) {
    LoadView {
        warnings = List.copyOf(warnings);
    }
}
