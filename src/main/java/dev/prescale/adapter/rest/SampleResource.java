package dev.prescale.adapter.rest;

import dev.prescale.config.Violation;
import dev.prescale.control.SampleSink;
import dev.prescale.control.SampleSink.Precision;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Samples into the embedded store. */
@Path(SampleResource.PATH)
@Tag(name = "Samples")
class SampleResource {
    static final String PATH = "/api/v1/samples";

    /** About 150,000 lines; a larger import comes in parts. */
    static final int MOST_BYTES = 16 << 20;

    private static final int MOST_LINES_NAMED = 10_000;

    private final SampleSink sink;
    private final InstantSource clock;

    SampleResource(SampleSink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    // Any media type: clients of line protocol send text/plain, octet-stream, form-urlencoded (curl) or none.
    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "writeSamples",
            summary = "Write samples in InfluxDB line protocol",
            description = "Good lines are stored, bad ones are named. At most 16 MiB, counted after unpacking gzip.")
    @Parameter(
            name = "precision",
            in = ParameterIn.QUERY,
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"ns", "us", "ms", "s"}),
            example = "s",
            description = "Unit of the time stamps: `ns` (default), `us`, `ms` or `s`")
    @Parameter(
            name = "Content-Encoding",
            in = ParameterIn.HEADER,
            schema = @Schema(type = SchemaType.STRING),
            example = "gzip")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN,
                            schema = @Schema(type = SchemaType.STRING),
                            examples =
                                    @ExampleObject(
                                            name = "one line",
                                            value = "http_requests,service=chat count=812 1704067200000000000")))
    @APIResponse(responseCode = "204", description = "All lines are stored")
    @APIResponse(ref = ApiDocument.BAD_LINES, responseCode = "400")
    @APIResponse(ref = ApiDocument.TOO_LARGE, responseCode = "413")
    @APIResponse(ref = ApiDocument.INVALID_INPUT, responseCode = "422")
    public void write(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri) {
        QueryParameters parameters = QueryParameters.of(uri, "precision");
        Precision precision = precision(parameters);
        parameters.throwIfInvalid();
        String lines = BoundedBody.readText(body, headers, MOST_BYTES);
        SampleSink.Receipt receipt = sink.write(lines, precision, clock.instant());
        if (!receipt.badLines().isEmpty()) {
            throw new ProblemException(problemOf(receipt));
        }
    }

    private static Precision precision(QueryParameters parameters) {
        String unit = parameters.text("precision").orElse("ns");
        return switch (unit) {
            case "ns" -> Precision.NANOSECONDS;
            case "us" -> Precision.MICROSECONDS;
            case "ms" -> Precision.MILLISECONDS;
            case "s" -> Precision.SECONDS;
            default -> {
                parameters.refuse("precision", unit, "must be ns, us, ms or s");
                yield Precision.NANOSECONDS;
            }
        };
    }

    private static Problem problemOf(SampleSink.Receipt receipt) {
        int bad = receipt.badLines().size();
        List<Violation> violations = new ArrayList<>();
        receipt.badLines().stream()
                .limit(MOST_LINES_NAMED)
                .map(line -> new Violation("lines[%d]".formatted(line.number()), line.text(), line.message()))
                .forEach(violations::add);
        if (bad > MOST_LINES_NAMED) {
            violations.add(new Violation("", null, "has %d more bad lines".formatted(bad - MOST_LINES_NAMED)));
        }
        String detail = "%d lines are stored, %d are bad and are not; lines are counted from 1.";
        return Problem.ofBadLines(detail.formatted(receipt.stored(), bad), violations);
    }
}
