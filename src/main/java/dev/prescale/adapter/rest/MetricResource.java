package dev.prescale.adapter.rest;

import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Signal;
import dev.prescale.control.SignalBoard;
import dev.prescale.control.SignalKind;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * One number for other autoscalers. What cannot be vouched for is a problem and never 0, so that the caller's own fallback
 * applies.
 */
@Path("/api/v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Autoscalers")
class MetricResource {
    private static final Duration ONE_CYCLE = Duration.ofSeconds(15);

    private final EndpointLookup endpoints;
    private final SignalBoard board;
    private final InstantSource clock;

    MetricResource(EndpointLookup endpoints, SignalBoard board, InstantSource clock) {
        this.endpoints = endpoints;
        this.board = board;
        this.clock = clock;
    }

    @GET
    @Path("{namespace}/{name}/metric")
    @Operation(
            operationId = "getMetric",
            summary = "One number for KEDA's metrics-api scaler",
            description = "`demand`: req/s to serve within the lead time, the larger of the lead-time demand at the"
                    + " sizing quantile and the present rate. `replicas`: desired replicas of the last decision. A"
                    + " distrusted forecast (demand), or a number older than eight cycles (two minutes at least) because"
                    + " there is no history, is a 503 problem, never 0.")
    @Parameter(
            name = "metric",
            in = ParameterIn.QUERY,
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"demand", "replicas"}),
            example = "demand",
            description = "`demand` (default) or `replicas`")
    @APIResponse(responseCode = "200", description = "The number")
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    @APIResponse(ref = ApiDocument.INVALID_INPUT, responseCode = "422")
    @APIResponse(ref = ApiDocument.NOT_YET, responseCode = "503")
    public MetricValue metric(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context UriInfo uri) {
        EndpointSpec spec = endpoints.specOf(namespace, name);
        QueryParameters parameters = QueryParameters.of(uri, "metric");
        String metric = parameters.text("metric").orElse(SignalKind.DEMAND.wireName());
        SignalKind kind = SignalKind.ofWireName(metric).orElse(SignalKind.DEMAND);
        if (!metric.equals(kind.wireName())) {
            parameters.refuse("metric", metric, "must be demand or replicas");
        }
        parameters.throwIfInvalid();
        return switch (board.at(spec.id(), kind, clock.instant())) {
            case Signal.Known known -> MetricValue.of(spec, kind, known);
            case Signal.Unknown unknown -> throw ProblemException.ofUnavailable(unknown.reason(), ONE_CYCLE);
        };
    }
}
