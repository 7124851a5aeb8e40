package dev.prescale.adapter.rest;

import dev.prescale.backtest.ReplaySetup;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The course of a backtest that has ended: as points of a chart, and as files. */
@Path(BacktestResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Backtests")
class BacktestReplayResource {
    static final int MOST_POINTS = 2_000;

    /** A client that reads slowly holds a thread for as long. */
    private static final int MOST_DOWNLOADS = 4;

    private static final int DEFAULT_POINTS = 1_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int LONGEST_FILE_NAME = 80;

    /**
     * A report has scripts of its own. Opened from here it runs them in an origin that is nobody's: it reaches neither the service nor
     * what the page keeps in the browser.
     */
    private static final String REPORT_POLICY = "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline';"
            + " style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final BacktestJobs jobs;
    private final ComputeSlots slots;
    private final Semaphore downloads = new Semaphore(MOST_DOWNLOADS);

    BacktestReplayResource(BacktestJobs jobs, ComputeSlots slots) {
        this.jobs = jobs;
        this.slots = slots;
    }

    @GET
    @Path("{id}/replay")
    @Operation(
            operationId = "getBacktestReplay",
            summary = "Show the course of a backtest",
            description =
                    "Demand, and of each policy the ready and desired replicas, in at most 2,000 points: where there are more"
                            + " minutes, the least and the largest value of each piece, so that no peak is lost. Beside it the"
                            + " frontier of cost and violations and, where `trailAt` asks for it, the decision of Prescale in"
                            + " force at a moment.")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            example = "2024-03-18T06:00:00Z",
            description = "Default: the begin of the replay")
    @Parameter(name = "to", in = ParameterIn.QUERY, example = "2024-03-18T12:00:00Z", description = "Default: its end")
    @Parameter(
            name = "points",
            in = ParameterIn.QUERY,
            example = "500",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "2", maximum = "2000", defaultValue = "1000"),
            description = "At most so many of each line")
    @Parameter(
            name = "trailAt",
            in = ParameterIn.QUERY,
            example = "2024-03-18T08:30:00Z",
            description = "A moment of the decision trail")
    @APIResponse(
            responseCode = "200",
            description = "A part of the replay",
            content = @Content(schema = @Schema(implementation = ReplayWindow.class)))
    @APIResponse(ref = ApiDocument.UNKNOWN_BACKTEST, responseCode = "404")
    @APIResponse(ref = ApiDocument.DROPPED_REPLAY, responseCode = "410")
    public ReplayWindow replay(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters parameters = QueryParameters.of(uri, "from", "to", "points", "trailAt");
        Replayed replayed = jobs.replayOf(id);
        ReplayWindow.Asked asked = asked(parameters, replayed.setup());
        parameters.throwIfInvalid();
        return slots.compute(() -> ReplayWindow.of(replayed, asked));
    }

    private static ReplayWindow.Asked asked(QueryParameters parameters, ReplaySetup setup) {
        Instant from = parameters
                .instant("from")
                .map(at -> at.truncatedTo(ChronoUnit.MINUTES))
                .orElse(setup.from());
        Instant to = parameters
                .instant("to")
                .map(at -> at.plusSeconds(59).truncatedTo(ChronoUnit.MINUTES))
                .orElse(setup.to());
        String range = "must be inside of the replay, which is from %s to %s".formatted(setup.from(), setup.to());
        if (from.isBefore(setup.from()) || !from.isBefore(setup.to())) {
            parameters.refuse("from", from.toString(), range);
        } else if (to.isAfter(setup.to()) || !to.isAfter(setup.from())) {
            parameters.refuse("to", to.toString(), range);
        } else if (!from.isBefore(to)) {
            parameters.refuse("from", from.toString(), "must be before to, which is " + to);
        }
        int points = parameters.integer("points", DEFAULT_POINTS, 2, MOST_POINTS);
        return new ReplayWindow.Asked(from, to, points, parameters.instant("trailAt"));
    }

    @GET
    @Path("{id}/report")
    @Produces(MediaType.TEXT_HTML)
    @Operation(
            operationId = "getBacktestReport",
            summary = "The report of a backtest as one HTML file",
            description =
                    "As `prescale backtest --report` writes it: score sheet, frontier, replay and decision trails."
                            + " It needs nothing from elsewhere, and where it is opened from here it runs in a sandbox.")
    @APIResponse(
            responseCode = "200",
            description = "A file to keep",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(ref = ApiDocument.UNKNOWN_BACKTEST, responseCode = "404")
    @APIResponse(ref = ApiDocument.DROPPED_REPLAY, responseCode = "410")
    public Response report(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        Replayed replayed = jobs.replayOf(id);
        return file(replayed, "html", replayed.report()::writeTo)
                .type("text/html;charset=UTF-8")
                .header("Content-Security-Policy", REPORT_POLICY)
                .build();
    }

    @GET
    @Path("{id}/decisions")
    @Produces("text/csv")
    @Operation(
            operationId = "getBacktestDecisions",
            summary = "The minutes of a backtest as CSV",
            description =
                    "As `prescale backtest --decisions` writes them: a row per policy and minute that the trace has,"
                            + " with demand (req/s), desired and ready replicas at its end.")
    @APIResponse(
            responseCode = "200",
            description = "Header timestamp,policy,demand,desired,ready",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(ref = ApiDocument.UNKNOWN_BACKTEST, responseCode = "404")
    @APIResponse(ref = ApiDocument.DROPPED_REPLAY, responseCode = "410")
    public Response decisions(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        Replayed replayed = jobs.replayOf(id);
        return file(replayed, "csv", out -> ReplayRows.write(replayed, out))
                .type("text/csv;charset=UTF-8")
                .build();
    }

    private Response.ResponseBuilder file(Replayed replayed, String ending, PackedFile.Content content) {
        if (!downloads.tryAcquire()) {
            throw ProblemException.ofBusy(
                    "%d files are being downloaded; more are not sent at a time.".formatted(MOST_DOWNLOADS),
                    RETRY_AFTER);
        }
        StreamingOutput body = out -> {
            try {
                content.write(out);
            } finally {
                downloads.release();
            }
        };
        return Response.ok(body)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"%s\"".formatted(fileName(replayed, ending)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff");
    }

    /** What a trace is called may be anything. */
    private static String fileName(Replayed replayed, String ending) {
        String plain = replayed.endpoint().trace().name().replaceAll("[^A-Za-z0-9._-]+", "-");
        String brief = plain.substring(0, Math.min(plain.length(), LONGEST_FILE_NAME));
        return "backtest-%s.%s".formatted(brief, ending);
    }
}
