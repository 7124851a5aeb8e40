package dev.prescale.adapter.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.config.PreviewRequest;
import dev.prescale.config.PreviewRequestReader;
import dev.prescale.config.ReadResult;
import dev.prescale.forecast.Forecaster;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.ForecastView;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What one control cycle would do with what the request brings along. Nothing is carried out or journalled. */
@Path(PreviewResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Stateless")
class PreviewResource {
    static final String PATH = "/api/v1/preview";

    private final DecisionRule rule;
    private final Forecaster forecaster;
    private final ComputeSlots slots;

    PreviewResource(DecisionRule rule, Forecaster forecaster, ComputeSlots slots) {
        this.rule = rule;
        this.forecaster = forecaster;
        this.slots = slots;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "previewDecision",
            summary = "Preview a decision",
            description =
                    "`spec` is that of a PredictiveAutoscaler; target, mode and traffic may be left out. A rate or"
                            + " metric that is null or absent is missing, not 0. With `capacity.models` the observation has"
                            + " `modelRates` (req/s by tag) in place of `requestRate`, and `forecast` or `series` are the work"
                            + " in busy replicas (rate times serviceTime / concurrency, summed over the models);"
                            + " `capacity.learned` is refused: give what was learned as `capacity.models`. Replicas are sized for the sizing quantile of"
                            + " the largest rate within the lead time: where `forecast` does not have that level, its next"
                            + " higher one counts (or its highest); `series` in its place is forecast first. `gate` left out:"
                            + " a given forecast is trusted, one made from `series` where it beats its baselines. Steps see"
                            + " `past.readings` (`at`, `metric`, `value`; null is missing) for their `for` and `past.steps` (`at`,"
                            + " `rule` as in the trail, `from`, `to`) for their cooldowns.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = "PreviewRequest"),
                            examples =
                                    @ExampleObject(name = "44 req/s on 3 replicas", value = PreviewResource.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "The decision with its trail of reasons",
            content = @Content(schema = @Schema(implementation = DecisionBody.class)))
    @APIResponse(ref = ApiDocument.BAD_JSON, responseCode = "400")
    @APIResponse(ref = ApiDocument.TOO_LARGE, responseCode = "413")
    @APIResponse(ref = ApiDocument.INVALID_INPUT, responseCode = "422")
    public DecisionBody preview(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        JsonNode json = JsonBody.read(body, headers);
        return switch (PreviewRequestReader.read(json)) {
            case ReadResult.Valid<PreviewRequest> valid -> slots.compute(() -> decide(valid.value()));
            case ReadResult.Invalid<PreviewRequest> invalid ->
                throw ProblemException.ofInvalidInput(invalid.violations());
        };
    }

    private DecisionBody decide(PreviewRequest request) {
        ForecastView forecast = new PreviewForecast(forecaster, request).view();
        return DecisionBody.of(
                rule.decide(request.spec().policy(), request.observation(), forecast, request.past(), request.now()));
    }

    private static final String EXAMPLE = """
            {"spec": {"minReplicas": 1, "maxReplicas": 20, "capacity": {"perReplica": {"requestRate": 10}}},
             "now": "2024-01-29T08:00:00Z",
             "observation": {"currentReplicas": 3, "readyReplicas": 3, "requestRate": 44.0},
             "forecast": {"origin": "2024-01-29T08:00:00Z", "step": "PT1M", "quantiles": [0.5, 0.95], "rates": [[40, 60]]},
             "gate": "Trusted", "leadTime": "PT2M"}""";
}
