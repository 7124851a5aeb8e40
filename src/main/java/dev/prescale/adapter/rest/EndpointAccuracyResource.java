package dev.prescale.adapter.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What became of the forecasts that were issued for an endpoint. */
@Path("/api/v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Endpoints")
@PerCycle
class EndpointAccuracyResource {
    private final EndpointLookup endpoints;

    EndpointAccuracyResource(EndpointLookup endpoints) {
        this.endpoints = endpoints;
    }

    @GET
    @Path("{namespace}/{name}/accuracy")
    @Operation(
            operationId = "getAccuracy",
            summary = "Show how good the forecasts of an endpoint were",
            description = "Of the lead-time demand, which sizes replicas, and of the forecast per part of its horizon:"
                    + " losses and coverage of what was really issued, beside calibrated persistence, day naive and week"
                    + " naive on the same outcomes. Gaps and outages are not judged; outcomes count two hours after"
                    + " they were observed, with a half-life of four days.")
    @APIResponse(responseCode = "200", description = "Scores; null where too little is known")
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    @APIResponse(ref = ApiDocument.INVALID_INPUT, responseCode = "422")
    @APIResponse(ref = ApiDocument.NOT_YET, responseCode = "503")
    public EndpointScores accuracy(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        return EndpointScores.of(endpoints.snapshotOf(namespace, name));
    }
}
