package dev.prescale.adapter.rest;

import dev.prescale.control.EndpointSnapshot;
import dev.prescale.series.RateSeries;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
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
        PastSteps steps = PastSteps.of(uri, snapshot);
        RateSeries series = snapshot.history().regrid(steps.step());
        List<@Nullable Double> rates = new ArrayList<>();
        steps.forEach(at -> rates.add(rateAt(series, at)));
        return new EndpointHistory(
                snapshot.spec().id().toString(), steps.start(), steps.step().duration(), rates);
    }

    private static @Nullable Double rateAt(RateSeries series, Instant at) {
        boolean isHeld = !at.isBefore(series.start()) && at.isBefore(series.end());
        return isHeld ? Wire.finiteOrNull(series.rateAt(series.indexOf(at))) : null;
    }
}
