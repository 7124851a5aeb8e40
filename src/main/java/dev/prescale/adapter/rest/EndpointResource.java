package dev.prescale.adapter.rest;

import dev.prescale.config.SpecFaultsView;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** State of the endpoints after the last cycle; never waits for a store. */
@Path("/api/v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Endpoints")
@PerCycle
class EndpointResource {
    private static final int LARGEST_PAGE = 10_000;

    /** What a limit that is left out stands for. */
    private static final int ALL = Integer.MAX_VALUE;

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
            operationId = "listEndpoints",
            summary = "List all endpoints",
            description = "State per endpoint after its last cycle, ordered by namespace and name, and the faults of"
                    + " specification files that are not in force. All of them, or pages: pass `next` as `after`, and all"
                    + " else as before, for the page after.")
    @Parameter(
            name = "namespace",
            in = ParameterIn.QUERY,
            example = "inference",
            description = "Only endpoints of this namespace")
    @Parameter(
            name = "after",
            in = ParameterIn.QUERY,
            example = "inference/chat",
            description = "Only endpoints after this one in their order; it need not be there any more")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "10000"),
            example = "100",
            description = "Endpoints per page, 1 to 10000; all where it is left out")
    @APIResponse(responseCode = "200", description = "The endpoints, or a page of them")
    public FleetState list(@Context UriInfo uri) {
        QueryParameters parameters = QueryParameters.of(uri, "namespace", "after", "limit");
        Optional<String> namespace = parameters.text("namespace");
        Optional<EndpointId> after = after(parameters);
        int limit = parameters.integer("limit", ALL, 1, LARGEST_PAGE);
        parameters.throwIfInvalid();
        List<EndpointSnapshot> found = fleet.snapshots().stream()
                .filter(one -> namespace.isEmpty()
                        || namespace.get().equals(one.spec().id().namespace()))
                .filter(one -> after.isEmpty() || one.spec().id().compareTo(after.get()) > 0)
                .toList();
        return FleetState.of(found, limit == ALL ? found.size() : limit, specifications.faults());
    }

    private static Optional<EndpointId> after(QueryParameters parameters) {
        Optional<String> text = parameters.text("after");
        Optional<EndpointId> id = text.flatMap(EndpointId::read);
        if (text.isPresent() && id.isEmpty()) {
            parameters.refuse("after", text.get(), "must be NAMESPACE/NAME, which is `next` of the page before");
        }
        return id;
    }

    @GET
    @Path("{namespace}/{name}")
    @Operation(operationId = "getEndpoint", summary = "Show one endpoint")
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
