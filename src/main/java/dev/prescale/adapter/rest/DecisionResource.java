package dev.prescale.adapter.rest;

import dev.prescale.control.DecisionLog;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.DecisionSelection;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.scaling.ReasonCode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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

    private static final Map<String, ReasonCode> CODES = Arrays.stream(ReasonCode.values())
            .collect(Collectors.toMap(ReasonCode::wireName, code -> code, (a, b) -> a, LinkedHashMap::new));

    private final EndpointLookup endpoints;
    private final DecisionLog journal;

    DecisionResource(EndpointLookup endpoints, DecisionLog journal) {
        this.endpoints = endpoints;
        this.journal = journal;
    }

    @GET
    @Path("{namespace}/{name}/decisions/latest")
    @Operation(
            operationId = "getLatestDecision",
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
        return JournalledDecision.of(latest, unitOf(snapshot));
    }

    private static String unitOf(EndpointSnapshot snapshot) {
        return Wire.unit(snapshot.spec().policy().capacity());
    }

    @GET
    @Path("{namespace}/{name}/decisions")
    @Operation(
            operationId = "listDecisions",
            summary = "Page through the decisions of an endpoint",
            description = "Newest first. The journal holds decisions that changed something and one now and then where"
                    + " nothing did, for `PRESCALE_JOURNAL_RETENTION` (14 days by default). Pass `next` as `to`, and all"
                    + " else as before, for the page after.")
    @Parameter(name = "from", in = ParameterIn.QUERY, example = "2024-01-01T00:00:00Z", description = "Inclusive")
    @Parameter(name = "to", in = ParameterIn.QUERY, example = "2024-01-02T00:00:00Z", description = "Exclusive")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000"),
            example = "100",
            description = "Decisions per page, 1 to 1000, default 100")
    @Parameter(
            name = "code",
            in = ParameterIn.QUERY,
            example = "ScaleUpLimited,AboveMaximum",
            description = "Only decisions whose trail has at least one of these reason codes, separated by commas")
    @Parameter(
            name = "changed",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.BOOLEAN),
            example = "true",
            description = "true: only decisions that changed the number of replicas; false, the default: all")
    @APIResponse(responseCode = "200", description = "A page of decisions")
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    @APIResponse(ref = ApiDocument.INVALID_INPUT, responseCode = "422")
    public DecisionPage page(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context UriInfo uri) {
        EndpointId endpoint = endpoints.idOf(namespace, name);
        QueryParameters parameters = QueryParameters.of(uri, "from", "to", "limit", "code", "changed");
        Instant from = parameters.instant("from").orElse(Instant.EPOCH);
        Instant to = parameters.instant("to").orElse(OPEN_END);
        if (!from.isBefore(to)) {
            parameters.refuse("from", from.toString(), "must be before to, which is " + to);
        }
        int limit = parameters.integer("limit", DEFAULT_PAGE, 1, LARGEST_PAGE);
        Set<ReasonCode> codes = parameters.someOf("code", CODES);
        boolean changedOnly = parameters.flag("changed");
        parameters.throwIfInvalid();
        // One more than asked tells whether there is a next page.
        List<DecisionRecord> found =
                journal.page(endpoint, new DecisionSelection(from, to, codes, changedOnly), limit + 1);
        List<DecisionRecord> shown = firstPage(found, limit);
        String unit = endpoints.find(endpoint).map(DecisionResource::unitOf).orElse("req/s");
        return new DecisionPage(
                endpoint.toString(),
                shown.stream()
                        .map(decision -> JournalledDecision.of(decision, unit))
                        .toList(),
                shown.size() == found.size() ? null : shown.getLast().at());
    }

    /**
     * The page goes on before its last instant, so it ends between two instants: of several decisions at one instant either
     * all are shown or none, unless the page has no room for more than those.
     */
    private static List<DecisionRecord> firstPage(List<DecisionRecord> found, int limit) {
        if (found.size() <= limit) {
            return found;
        }
        Instant cut = found.get(limit).at();
        List<DecisionRecord> whole =
                found.stream().filter(record -> record.at().isAfter(cut)).toList();
        return whole.isEmpty() ? found.subList(0, limit) : whole;
    }
}
