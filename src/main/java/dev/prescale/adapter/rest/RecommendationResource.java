package dev.prescale.adapter.rest;

import dev.prescale.adapter.rest.RecommendationReply.ObservedTarget;
import dev.prescale.config.Violations;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointTargets;
import dev.prescale.control.EndpointTargets.Found;
import dev.prescale.control.FleetView;
import dev.prescale.control.Recommendation;
import dev.prescale.control.Signal;
import dev.prescale.control.SignalBoard;
import dev.prescale.control.SignalKind;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The recommender that the WatermarkPodAutoscaler of Datadog asks. The controller logs the sentence of an {@code error} within a 200
 * answer, and of any other status the number and at most 100 bytes: so what it can be told comes as 200.
 */
@Path(RecommendationResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Autoscalers")
class RecommendationResource {
    static final String PATH = "/api/v1/recommendation";

    /** A request of the controller has some hundred bytes. */
    private static final int MOST_BYTES = 64 << 10;

    private final FleetView fleet;
    private final SignalBoard board;
    private final InstantSource clock;

    RecommendationResource(FleetView fleet, SignalBoard board, InstantSource clock) {
        this.fleet = fleet;
        this.board = board;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "recommendReplicas",
            summary = "Recommend replicas with bounds and a reason",
            description = "The recommender contract of Datadog's WatermarkPodAutoscaler. The endpoint is"
                    + " `settings.endpoint` in the namespace of `targetRef`, or the one that has this target."
                    + " `targetReplicas`: of the last decision; `lowerBoundReplicas` and `upperBoundReplicas`: what the"
                    + " median and the highest level of the forecast need within the lead time, all within"
                    + " `constraints`. Why there is none is an `error` with a code like a status: 404 no such endpoint,"
                    + " 409 several, 422 a bad request, 503 not known. At most 64 KiB.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RecommendationRequest.Shape.class),
                            examples = @ExampleObject(name = "a Deployment", value = RecommendationResource.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "The recommendation, or `error`",
            content = @Content(schema = @Schema(implementation = RecommendationReply.class)))
    @APIResponse(ref = ApiDocument.BAD_JSON, responseCode = "400")
    @APIResponse(ref = ApiDocument.TOO_LARGE, responseCode = "413")
    public RecommendationReply recommend(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        Violations violations = new Violations();
        RecommendationRequest request =
                RecommendationRequest.read(JsonBody.read(body, headers, MOST_BYTES), violations);
        if (!violations.isEmpty()) {
            return RecommendationReply.ofFailure(
                    422, violations.all().stream().map(Object::toString).collect(Collectors.joining("; ")));
        }
        return switch (found(request)) {
            case Found.One(EndpointSpec spec) -> answer(spec.id(), request);
            case Found.None() -> RecommendationReply.ofFailure(404, whyNone(request));
            case Found.Several(List<EndpointId> endpoints) ->
                RecommendationReply.ofFailure(
                        409,
                        "Several endpoints have %s as their scaleTargetRef: %s; settings.endpoint tells which counts."
                                .formatted(
                                        request.workload(),
                                        endpoints.stream()
                                                .map(EndpointId::toString)
                                                .collect(Collectors.joining(", "))));
        };
    }

    private Found found(RecommendationRequest request) {
        String endpoint = request.endpoint();
        if (endpoint == null) {
            return EndpointTargets.find(fleet.specs(), request.namespace(), request.target());
        }
        if (!EndpointId.isValidName(request.namespace()) || !EndpointId.isValidName(endpoint)) {
            return new Found.None();
        }
        return fleet.spec(new EndpointId(request.namespace(), endpoint))
                .<Found>map(Found.One::new)
                .orElseGet(Found.None::new);
    }

    private static String whyNone(RecommendationRequest request) {
        return request.endpoint() != null
                ? "There is no endpoint %s/%s.".formatted(request.namespace(), request.endpoint())
                : "No endpoint in namespace %s has %s as its scaleTargetRef; settings.endpoint can name one."
                        .formatted(request.namespace(), request.workload());
    }

    private RecommendationReply answer(EndpointId endpoint, RecommendationRequest request) {
        Instant now = clock.instant();
        return switch (board.recommendationAt(endpoint, now)) {
            case Recommendation.NotGiven(Signal.Unknown why) -> RecommendationReply.ofFailure(503, why.reason());
            case Recommendation.Given given ->
                RecommendationReply.of(
                        given,
                        given.within(request.minReplicas(), request.maxReplicas()),
                        observed(endpoint, request.targetTypes(), now));
        };
    }

    /** Of the types that are known here; the others are left out. */
    private List<ObservedTarget> observed(EndpointId endpoint, List<String> types, Instant now) {
        return types.stream()
                .flatMap(type -> SignalKind.ofWireName(type).stream())
                .distinct()
                .flatMap(kind -> board.at(endpoint, kind, now) instanceof Signal.Known known
                        ? Stream.of(new ObservedTarget(kind.wireName(), known.value()))
                        : Stream.empty())
                .toList();
    }

    private static final String EXAMPLE = """
            {"targetRef": {"namespace": "inference", "kind": "Deployment", "name": "chat", "apiVersion": "apps/v1"},
             "constraints": {"minReplicas": 1, "maxReplicas": 40},
             "state": {"desiredReplicas": 3, "currentReplicas": 3, "readyReplicas": 3},
             "targets": [{"type": "demand"}]}""";
}
