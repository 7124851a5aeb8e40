package dev.prescale.adapter.rest;

import dev.prescale.control.EndpointSnapshot;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Observed rates as the control cycle holds them, gaps as null. */
@Path("/api/v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Endpoints")
@PerCycle
class EndpointHistoryResource {
    private static final Duration DEFAULT_LOOK_BACK = Duration.ofDays(1);

    /** 28 days by the minute are 40,320 values. */
    private static final int MOST_VALUES = 50_000;

    private final EndpointLookup endpoints;

    EndpointHistoryResource(EndpointLookup endpoints) {
        this.endpoints = endpoints;
    }

    @GET
    @Path("{namespace}/{name}/history")
    @Operation(
            operationId = "getHistory",
            summary = "Show the observed rate of an endpoint",
            description = "Mean rate (req/s) per step. null is a gap or a time that is not held, never zero traffic.")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            example = "2024-01-01T00:00:00Z",
            description = "Default: 24 hours before `to`")
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            example = "2024-01-02T00:00:00Z",
            description = "Default: the last cycle")
    @Parameter(
            name = "step",
            in = ParameterIn.QUERY,
            example = "PT5M",
            description = "A whole multiple of the endpoint's own step, which is the default")
    @APIResponse(responseCode = "200", description = "Observed rates")
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    @APIResponse(ref = ApiDocument.INVALID_INPUT, responseCode = "422")
    @APIResponse(ref = ApiDocument.NOT_YET, responseCode = "503")
    public EndpointHistory history(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context UriInfo uri) {
        EndpointSnapshot snapshot = endpoints.snapshotOf(namespace, name);
        QueryParameters parameters = QueryParameters.of(uri, "from", "to", "step");
        Step step = step(parameters, snapshot.history().step());
        Instant to = parameters.instant("to").orElse(snapshot.at());
        Instant from = parameters.instant("from").orElse(to.minus(DEFAULT_LOOK_BACK));
        requireRange(parameters, from, to, step);
        parameters.throwIfInvalid();
        RateSeries series = snapshot.history().regrid(step);
        Instant start =
                Instant.ofEpochSecond(Math.floorDiv(from.getEpochSecond(), (long) step.seconds()) * step.seconds());
        List<@Nullable Double> rates = new ArrayList<>();
        for (Instant at = start; at.isBefore(to); at = at.plus(step.duration())) {
            rates.add(rateAt(series, at));
        }
        return new EndpointHistory(snapshot.spec().id().toString(), start, step.duration(), rates);
    }

    private static Step step(QueryParameters parameters, Step own) {
        Duration asked = parameters.duration("step").orElse(own.duration());
        if (Step.isValid(asked) && Step.of(asked).seconds() % own.seconds() == 0) {
            return Step.of(asked);
        }
        parameters.refuse(
                "step", asked.toString(), "must be a whole multiple of %s up to PT1H".formatted(own.duration()));
        return own;
    }

    private static void requireRange(QueryParameters parameters, Instant from, Instant to, Step step) {
        Duration range = Duration.between(from, to);
        Duration longest = step.duration().multipliedBy(MOST_VALUES);
        if (!range.isPositive()) {
            parameters.refuse("from", from.toString(), "must be before to, which is " + to);
        } else if (range.compareTo(longest) > 0) {
            String limit = "must be at most %s before to, which is %d values of %s";
            parameters.refuse("from", from.toString(), limit.formatted(longest, MOST_VALUES, step.duration()));
        }
    }

    private static @Nullable Double rateAt(RateSeries series, Instant at) {
        boolean isHeld = !at.isBefore(series.start()) && at.isBefore(series.end());
        return isHeld ? Wire.finiteOrNull(series.rateAt(series.indexOf(at))) : null;
    }
}
