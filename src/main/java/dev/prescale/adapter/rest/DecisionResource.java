package dev.prescale.adapter.rest;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Decisions with their trails: the latest from the running fleet, past ones from the journal. */
@Path("/api/v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Endpoints")
class DecisionResource {
    private static final int DEFAULT_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    /** End of time for a page that does not say; the journal of a replayed trace may lie before or after today. */
    private static final Instant OPEN_END = Instant.parse("9999-12-31T00:00:00Z");

    private final EndpointLookup endpoints;
    private final DecisionLog journal;

    DecisionResource(EndpointLookup endpoints, DecisionLog journal) {
        this.endpoints = endpoints;
        this.journal = journal;
    }

    @GET
    @Path("{namespace}/{name}/decisions/latest")
    @Operation(
            summary = "Show the last decision of an endpoint",
            description = "The object that POST /preview answers, with time, mode and whether it was carried out.")
    @APIResponse(responseCode = "200", description = "The decision of the last cycle")
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    @APIResponse(ref = ApiDocument.NOT_YET, responseCode = "503")
    public JournalledDecision latest(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        EndpointSnapshot snapshot = endpoints.snapshotOf(namespace, name);
        DecisionRecord latest = snapshot.latest();
        if (latest == null) {
            throw ProblemException.ofUnavailable(
                    "Nothing has been decided for %s yet."
                            .formatted(snapshot.spec().id()),
                    Duration.ofSeconds(15));
        }
        return JournalledDecision.of(latest);
    }

    @GET
    @Path("{namespace}/{name}/decisions")
    @Operation(
            summary = "Page through the decisions of an endpoint",
            description = "Newest first. The journal holds decisions that changed something and one every few minutes"
                    + " where nothing did. Pass `next` as `to` for the page after.")
    @Parameter(name = "from", in = ParameterIn.QUERY, example = "2024-01-01T00:00:00Z", description = "Inclusive")
    @Parameter(name = "to", in = ParameterIn.QUERY, example = "2024-01-02T00:00:00Z", description = "Exclusive")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            example = "100",
            description = "Decisions per page, 1 to 1000, default 100")
    @APIResponse(responseCode = "200", description = "A page of decisions")
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    @APIResponse(ref = ApiDocument.INVALID_INPUT, responseCode = "422")
    public DecisionPage page(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context UriInfo uri) {
        EndpointId endpoint = endpoints.idOf(namespace, name);
        QueryParameters parameters = QueryParameters.of(uri, "from", "to", "limit");
        Instant from = parameters.instant("from").orElse(Instant.EPOCH);
        Instant to = parameters.instant("to").orElse(OPEN_END);
        if (!from.isBefore(to)) {
            parameters.refuse("from", from.toString(), "must be before to, which is " + to);
        }
        int limit = parameters.integer("limit", DEFAULT_PAGE, 1, LARGEST_PAGE);
        parameters.throwIfInvalid();
        // One more than asked tells whether there is a next page.
        List<DecisionRecord> found = journal.page(endpoint, from, to, limit + 1);
        boolean isLast = found.size() <= limit;
        List<DecisionRecord> shown = isLast ? found : found.subList(0, limit);
        return new DecisionPage(
                endpoint.toString(),
                shown.stream().map(JournalledDecision::of).toList(),
                isLast ? null : shown.getLast().at());
    }
}
