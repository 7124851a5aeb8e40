package dev.prescale.adapter.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.config.BacktestRequest;
import dev.prescale.config.BacktestRequestReader;
import dev.prescale.config.EndpointTraces;
import dev.prescale.config.ReadResult;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Replays of traffic that the request brings along, under several policies. Nothing of them reaches the fleet. */
@Path(BacktestResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Backtests")
class BacktestResource {
    static final String PATH = "/api/v1/backtests";

    /** A history may be slow, and whoever waits for it must not keep others from a forecast. */
    private static final int MOST_READS = 2;

    private static final int MOST_WAITING_READS = 8;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final ComputeSlots reads =
            new ComputeSlots("backtests are being read", MOST_READS, MOST_WAITING_READS, LONGEST_WAIT);
    private final BacktestRequestReader reader;
    private final BacktestJobs jobs;
    private final BacktestEvents events;

    BacktestResource(BacktestRequestReader reader, BacktestJobs jobs, BacktestEvents events) {
        this.reader = reader;
        this.jobs = jobs;
        this.events = events;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "startBacktest",
            summary = "Start a backtest",
            description =
                    "`trace` is a series as in POST /api/v1/forecast with a `name`, at most 100,000 values and 400 days, or"
                            + " `{\"dataset\": NAME}` for a bundled one, or `{\"endpoint\": \"ns/name\", \"from\": \"-P28D\"}` for"
                            + " an endpoint's own history. `spec` is that of a PredictiveAutoscaler; target, mode and traffic"
                            + " may be left out; `specification` is a whole one as YAML text. Without either, that of the"
                            + " dataset or endpoint counts, or one is made for the trace. `policies`:"
                            + " oracle, fixed, hpa, knative, keda, lastValue, dayNaive, weekNaive, holtWinters, spectral,"
                            + " hourly, prescale, or all; by default oracle, fixed, hpa and prescale. `simulation` is the"
                            + " world around them, all defaults where it is left out. At most 2,000,000 cycles times"
                            + " policies. One backtest runs, eight wait. The same request gives the same result.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = "BacktestRequest"),
                            examples = {
                                @ExampleObject(name = "a bundled dataset", value = BacktestResource.EXAMPLE),
                                @ExampleObject(
                                        name = "an endpoint's last week",
                                        value = BacktestResource.ENDPOINT_EXAMPLE),
                                @ExampleObject(name = "a series", value = BacktestResource.SERIES_EXAMPLE)
                            }))
    @APIResponse(
            responseCode = "202",
            description = "Taken in; it runs, or waits for its turn",
            headers =
                    @Header(
                            name = HttpHeaders.LOCATION,
                            description = "Where its state is",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = BacktestState.class)))
    @APIResponse(ref = ApiDocument.BAD_JSON, responseCode = "400")
    @APIResponse(ref = ApiDocument.TOO_LARGE, responseCode = "413")
    @APIResponse(ref = ApiDocument.INVALID_INPUT, responseCode = "422")
    @APIResponse(ref = ApiDocument.NOT_YET, responseCode = "503")
    public Response start(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        JsonNode json = JsonBody.read(body, headers);
        BacktestJob job =
                switch (reads.compute(() -> read(json))) {
                    case ReadResult.Valid<BacktestRequest> valid -> jobs.submit(valid.value());
                    case ReadResult.Invalid<BacktestRequest> invalid ->
                        throw ProblemException.ofInvalidInput(invalid.violations());
                };
        // as it was taken in, however soon it began
        return Response.accepted(BacktestState.running(job.id(), 0))
                .location(uri.getAbsolutePathBuilder().path(job.id()).build())
                .build();
    }

    private ReadResult<BacktestRequest> read(JsonNode json) {
        try {
            return reader.read(json);
        } catch (EndpointTraces.Unreadable fault) {
            throw ProblemException.ofUnavailable(String.valueOf(fault.getMessage()), RETRY_AFTER);
        }
    }

    @GET
    @Operation(
            operationId = "listBacktests",
            summary = "List the backtests",
            description = "Those that wait, run, or ended in the last hour (50 at most), the newest first.")
    @APIResponse(
            responseCode = "200",
            description = "Without their results",
            content = @Content(schema = @Schema(implementation = BacktestList.class)))
    public BacktestList list(@Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        return BacktestList.of(jobs.newestFirst());
    }

    @GET
    @Path("{id}")
    @Operation(
            operationId = "getBacktest",
            summary = "State and result of a backtest",
            description =
                    "`status` is Running (also while it waits), Done or Failed. Of one that is done the result stands beside"
                            + " it, with the same fields as `prescale backtest --json` prints.")
    @APIResponse(
            responseCode = "200",
            description = "As it is at present",
            content = @Content(schema = @Schema(implementation = BacktestState.class)))
    @APIResponse(ref = ApiDocument.UNKNOWN_BACKTEST, responseCode = "404")
    public BacktestState state(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        return jobs.get(id).state();
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "followBacktest",
            summary = "Follow a backtest",
            description =
                    "Server-sent events; the data is the body of GET /api/v1/backtests/{id}. One at once, then `progress` at"
                            + " most twice a second, and `done` or `failed` as the last one. A comment line every 15 s keeps a"
                            + " silent connection open.")
    @APIResponse(responseCode = "200", description = "A stream that ends with the backtest")
    @APIResponse(ref = ApiDocument.UNKNOWN_BACKTEST, responseCode = "404")
    public Multi<OutboundSseEvent> follow(@PathParam("id") String id, @Context Sse sse, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        return events.follow(jobs.get(id)).map(event -> switch (event) {
            case BacktestEvents.Told told ->
                sse.newEventBuilder()
                        .name(told.name())
                        .data(String.class, told.json())
                        .build();
            case BacktestEvents.Heartbeat ignored ->
                sse.newEventBuilder().comment("heartbeat").build();
            case BacktestEvents.End ignored -> throw new IllegalStateException("the end is not sent");
        });
    }

    @DELETE
    @Path("{id}")
    @Operation(
            operationId = "cancelBacktest",
            summary = "Cancel a backtest",
            description =
                    "Stops one that waits or runs, forgets the result of one that has ended. Who follows it gets `failed`."
                            + " Afterwards there is no backtest of this id.")
    @APIResponse(responseCode = "204", description = "It is gone, and its place is free")
    @APIResponse(ref = ApiDocument.UNKNOWN_BACKTEST, responseCode = "404")
    public void cancel(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        jobs.get(id);
        jobs.remove(id);
    }

    private static final String EXAMPLE = """
            {"trace": {"dataset": "shop-web"}, "policies": ["oracle", "fixed", "hpa", "prescale"],
             "simulation": {"seed": 1, "startTime": {"median": "PT90S", "p90": "PT2M"}, "warmUp": "P28D"}}""";

    private static final String ENDPOINT_EXAMPLE = """
            {"trace": {"endpoint": "shop/web", "from": "-P35D", "replay": "P7D"}, "policies": ["hpa", "prescale"]}""";

    private static final String SERIES_EXAMPLE = """
            {"trace": {"name": "my-api", "start": "2024-01-01T00:00:00Z", "step": "PT1H", "unit": "count",
                       "values": [3600, 7200, null, 10800, 7200, 3600]},
             "policies": ["fixed", "hpa"], "simulation": {"warmUp": "PT2H"}}""";
}
