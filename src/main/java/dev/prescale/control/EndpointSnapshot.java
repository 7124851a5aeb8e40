package dev.prescale.control;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.capacity.CostEstimate;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.RateReading;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is shown of an endpoint after a cycle. Immutable.
 *
 * @param at time of the cycle
 * @param history observed rates on the native grid
 * @param requestRate reading of the newest full step
 * @param forecast null until one could be made
 * @param costs what requests were learned to cost; null where they are given or not known
 * @param leadTimeDemand null until one could be fitted
 * @param leadTime lead time in force, without the cycle
 * @param latest null before the first decision
 * @param warnings sentences for the user, empty when all is well
 */
public record EndpointSnapshot(
        EndpointSpec spec,
        Instant at,
        RateSeries history,
        RateReading requestRate,
        @Nullable Forecast forecast,
        @Nullable LeadTimeDemand leadTimeDemand,
        GateStatus gate,
        EndpointAccuracy accuracy,
        CostEstimate.@Nullable Known costs,
        LeadTime leadTime,
        WorkloadScale.State workload,
        @Nullable DecisionRecord latest,
        List<String> warnings) {
    public EndpointSnapshot {
        warnings = List.copyOf(warnings);
    }
}
