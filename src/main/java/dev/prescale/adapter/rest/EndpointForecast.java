package dev.prescale.adapter.rest;

import dev.prescale.answer.ForecastMember;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The forecast in force of an endpoint.
 *
 * @param at time of the last cycle
 * @param origin last instant that the forecast knew
 * @param age from the origin to {@code at}
 * @param start of the first row
 * @param rates the load, a row per step with a number per quantile: req/s, or busy replicas where it is the work of models
 * @param requiredReplicas per row, before bounds: what the largest rate in it needs at the sizing quantile
 */
@Schema(name = "EndpointForecast")
record EndpointForecast(
        String endpoint,
        Instant at,
        Instant origin,
        Duration age,
        Instant start,
        Duration step,
        List<Double> quantiles,
        List<List<Double>> rates,
        List<Integer> requiredReplicas,
        Sizing sizing,
        List<ForecastMember> members,
        List<String> seasons,
        GateState gate,
        List<String> warnings) {

    /**
     * How required replicas are computed: load at the quantile over requestRate x targetUtilization, rounded up; by a latency
     * target fewer, as several replicas sustain more than so many times one.
     *
     * @param requestRate load that one ready replica sustains, in the unit of the rates
     */
    @Schema(name = "Sizing")
    record Sizing(double quantile, double requestRate, double targetUtilization) {}
}
