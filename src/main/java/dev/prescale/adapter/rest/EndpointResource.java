package dev.prescale.adapter.rest;

import dev.prescale.config.SpecFaultsView;
import dev.prescale.control.FleetView;
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

/** State of the endpoints after the last cycle; never waits for a store. */
@Path("/api/v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Endpoints")
class EndpointResource {
    private final FleetView fleet;
    private final EndpointLookup endpoints;
    private final SpecFaultsView specifications;

    EndpointResource(FleetView fleet, EndpointLookup endpoints, SpecFaultsView specifications) {
        this.fleet = fleet;
        this.endpoints = endpoints;
        this.specifications = specifications;
    }

    @GET
    @Operation(
            summary = "List all endpoints",
            description = "State per endpoint after its last cycle, ordered by namespace and name, and the faults of"
                    + " specification files that are not in force.")
    public FleetState list(@Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        return FleetState.of(fleet.snapshots(), specifications.faults());
    }

    @GET
    @Path("{namespace}/{name}")
    @Operation(summary = "Show one endpoint")
    @APIResponse(responseCode = "200", description = "State after the last cycle")
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    @APIResponse(ref = ApiDocument.NOT_YET, responseCode = "503")
    public EndpointState one(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        return EndpointState.of(
                endpoints.snapshotOf(namespace, name),
                endpoints.specOf(namespace, name).pausing());
    }
}
