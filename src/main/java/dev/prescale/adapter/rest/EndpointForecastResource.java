package dev.prescale.adapter.rest;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.forecast.Forecast;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.series.Step;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The forecast in force, cut and re-stepped to what is asked; nothing is forecast anew for a query. */
@Path("/api/v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Endpoints")
@PerCycle
class EndpointForecastResource {
    private static final Duration DEFAULT_HORIZON = Duration.ofHours(6);

    /** A page of 48 hours by the minute has 2,880 rows. */
    private static final int MOST_ROWS = 5_000;

    private final EndpointLookup endpoints;

    EndpointForecastResource(EndpointLookup endpoints) {
        this.endpoints = endpoints;
    }

    @GET
    @Path("{namespace}/{name}/forecast")
    @Operation(
            operationId = "getForecast",
            summary = "Query the forecast of an endpoint",
            description = "Rate quantiles (req/s) and required replicas per step from now on. Ends earlier than asked"
                    + " where the forecast in force does not reach so far.")
    @Parameter(
            name = "horizon",
            in = ParameterIn.QUERY,
            example = "PT6H",
            description = "How far ahead, up to the horizon of the endpoint's specification")
    @Parameter(
            name = "step",
            in = ParameterIn.QUERY,
            example = "PT10M",
            description = "A whole multiple of the forecast's step (mean of its steps; required replicas: of the"
                    + " largest) or a whole part of it (steps are repeated). Default: the forecast's own")
    @Parameter(
            name = "quantiles",
            in = ParameterIn.QUERY,
            example = "0.5,0.9,0.95",
            description = "Levels between the lowest and the highest of the forecast; interpolated linearly between"
                    + " its levels")
    @APIResponse(responseCode = "200", description = "The forecast in force")
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    @APIResponse(ref = ApiDocument.INVALID_INPUT, responseCode = "422")
    @APIResponse(ref = ApiDocument.NOT_YET, responseCode = "503")
    public EndpointForecast forecast(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context UriInfo uri) {
        EndpointSnapshot snapshot = endpoints.snapshotOf(namespace, name);
        Forecast forecast = snapshot.forecast();
        if (forecast == null) {
            throw ProblemException.ofUnavailable(
                    "There is no forecast of %s yet. %s"
                            .formatted(snapshot.spec().id(), String.join(" ", snapshot.warnings()))
                            .strip(),
                    Duration.ofMinutes(1));
        }
        QueryParameters parameters = QueryParameters.of(uri, "horizon", "step", "quantiles");
        Duration horizon = horizon(parameters, snapshot);
        Step step = step(parameters, forecast, horizon);
        double[] levels = levels(parameters, new ForecastSlice(forecast, snapshot.at(), horizon, step));
        parameters.throwIfInvalid();
        return answer(snapshot, forecast, new ForecastSlice(forecast, snapshot.at(), horizon, step), levels);
    }

    private static Duration horizon(QueryParameters parameters, EndpointSnapshot snapshot) {
        Duration longest = snapshot.spec().policy().predictive().horizon();
        Duration fallback = DEFAULT_HORIZON.compareTo(longest) < 0 ? DEFAULT_HORIZON : longest;
        Duration asked = parameters.duration("horizon").orElse(fallback);
        if (!asked.isPositive() || asked.compareTo(longest) > 0) {
            parameters.refuse("horizon", asked.toString(), "must be longer than PT0S and at most " + longest);
            return fallback;
        }
        return asked;
    }

    private static Step step(QueryParameters parameters, Forecast forecast, Duration horizon) {
        Duration asked = parameters.duration("step").orElse(forecast.step().duration());
        if (!Step.isValid(asked) || !ForecastSlice.fits(Step.of(asked), forecast.step())) {
            String range = "must be a whole multiple or a whole part of %s, from PT1S to PT1H";
            parameters.refuse(
                    "step", asked.toString(), range.formatted(forecast.step().duration()));
            return forecast.step();
        }
        Step step = Step.of(asked);
        if (step.covering(horizon) > MOST_ROWS) {
            String range = "must give at most %d rows; over %s that is a step of at least %d s";
            long least = Math.ceilDiv(horizon.toSeconds(), MOST_ROWS);
            parameters.refuse("step", asked.toString(), range.formatted(MOST_ROWS, horizon, least));
            return forecast.step();
        }
        return step;
    }

    private static double[] levels(QueryParameters parameters, ForecastSlice slice) {
        double[] asked = parameters
                .numbers("quantiles")
                .orElseGet(() -> Arrays.stream(new double[] {0.5, 0.9, 0.95})
                        .filter(level -> level >= slice.lowestLevel() && level <= slice.highestLevel())
                        .toArray());
        for (double level : asked) {
            if (!(level >= slice.lowestLevel() && level <= slice.highestLevel())) {
                String range = "must be levels from %s to %s".formatted(slice.lowestLevel(), slice.highestLevel());
                parameters.refuse("quantiles", Double.toString(level), range);
            }
        }
        return asked;
    }

    private static EndpointForecast answer(
            EndpointSnapshot snapshot, Forecast forecast, ForecastSlice slice, double[] levels) {
        ScalingPolicy.Predictive predictive = snapshot.spec().policy().predictive();
        CapacityModel capacity = snapshot.spec().policy().capacity();
        double sizing = Math.clamp(predictive.quantile(), slice.lowestLevel(), slice.highestLevel());
        List<List<Double>> rates = IntStream.range(0, slice.rows())
                .mapToObj(row -> Arrays.stream(levels)
                        .mapToObj(level -> slice.rate(row, level))
                        .toList())
                .toList();
        List<Integer> required = IntStream.range(0, slice.rows())
                .mapToObj(row -> capacity.replicasFor(slice.largestRate(row, sizing), predictive.targetUtilization()))
                .toList();
        return new EndpointForecast(
                snapshot.spec().id().toString(),
                snapshot.at(),
                forecast.origin(),
                Duration.between(forecast.origin(), snapshot.at()),
                slice.start(),
                slice.step(),
                Wire.list(levels),
                rates,
                required,
                new EndpointForecast.Sizing(sizing, capacity.sustainedBy(1), predictive.targetUtilization()),
                ForecastMember.of(forecast.provenance().members()),
                forecast.provenance().seasons().stream().map(Wire::season).toList(),
                GateState.of(snapshot.gate()),
                forecast.provenance().warnings());
    }
}
