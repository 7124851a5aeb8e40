package dev.prescale.adapter.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.config.ForecastRequestReader;
import dev.prescale.config.Violation;
import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.NearPeaks;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A forecast of whatever series the request brings along. The same request gives the same bytes. */
@Path(ForecastResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Stateless")
class ForecastResource {
    static final String PATH = "/api/v1/forecast";

    private final Forecaster forecaster;
    private final NearPeaks nearPeaks;
    private final ComputeSlots slots;

    ForecastResource(Forecaster forecaster, NearPeaks nearPeaks, ComputeSlots slots) {
        this.forecaster = forecaster;
        this.nearPeaks = nearPeaks;
        this.slots = slots;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "forecastSeries",
            summary = "Forecast a series",
            description =
                    "`values[k]` covers `[start + k*step, start + (k+1)*step)`, oldest first, null is a gap. `unit`"
                            + " is `rate` (mean req/s in the step, default) or `count` (requests in the step). Required are"
                            + " start, step, values and horizon. At most 100,000 values, 2,000 horizon steps, 15 quantiles.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = "ForecastRequest"),
                            examples = @ExampleObject(name = "four values", value = ForecastResource.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "Quantiles per step in the unit that came in",
            content = @Content(schema = @Schema(implementation = ForecastAnswer.class)))
    @APIResponse(ref = ApiDocument.BAD_JSON, responseCode = "400")
    @APIResponse(ref = ApiDocument.TOO_LARGE, responseCode = "413")
    @APIResponse(ref = ApiDocument.INVALID_INPUT, responseCode = "422")
    public ForecastAnswer forecast(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        JsonNode json = JsonBody.read(body, headers);
        return switch (ForecastRequestReader.read(json)) {
            case ForecastRequestReader.Ready asked ->
                slots.compute(() -> ForecastAnswer.of(asked, forecaster.forecast(asked.request()), nearPeaks));
            case ForecastRequestReader.Invalid invalid -> throw ProblemException.ofInvalidInput(invalid.violations());
            case ForecastRequestReader.NoData ignored ->
                throw new ProblemException(Problem.ofNoData(
                        List.of(new Violation("values", null, "must have at least one number that is not null"))));
        };
    }

    private static final String EXAMPLE = """
            {"start": "2024-01-01T00:00:00Z", "step": "PT10M", "unit": "count",
             "values": [812, 790, null, 801],
             "horizon": "PT1H", "quantiles": [0.5, 0.95],
             "peaks": [{"from": "PT0S", "to": "PT30M"}]}""";
}
