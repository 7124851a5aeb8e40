package dev.prescale.adapter.rest;

import dev.prescale.config.BundledTraces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The recorded traffic that comes with the program. */
@Path("/api/v1/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Backtests")
class DatasetResource {
    private final BundledTraces bundled;

    DatasetResource(BundledTraces bundled) {
        this.bundled = bundled;
    }

    @GET
    @Operation(
            operationId = "listDatasets",
            summary = "List the bundled datasets",
            description =
                    "What `trace.dataset` of a backtest may name; none where the program runs outside of a checkout.")
    @APIResponse(
            responseCode = "200",
            description = "By name",
            content = @Content(schema = @Schema(implementation = Datasets.class)))
    public Datasets list(@Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        return new Datasets(bundled.facts().stream().map(Dataset::of).toList());
    }

    @Schema(name = "Datasets")
    record Datasets(List<Dataset> datasets) {}

    /**
     * @param description what it is; empty where nothing says so
     * @param values steps from its begin to its end, gaps included
     * @param timeZone of its specification
     */
    @Schema(name = "Dataset")
    record Dataset(String name, String description, Instant start, Duration step, int values, String timeZone) {
        private static Dataset of(BundledTraces.Facts facts) {
            return new Dataset(
                    facts.name(),
                    facts.description(),
                    facts.start(),
                    Duration.ofMinutes(1),
                    facts.minutes(),
                    facts.timeZone().getId());
        }
    }
}
