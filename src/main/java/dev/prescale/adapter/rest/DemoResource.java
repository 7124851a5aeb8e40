package dev.prescale.adapter.rest;

import dev.prescale.backtest.ReplayView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The scorecards of a running demo, for its page. */
@Path("/api/v1/demo")
@Tag(name = "Demo")
class DemoResource {
    private final ReplayView replay;

    DemoResource(ReplayView replay) {
        this.replay = replay;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getDemo",
            summary = "Scorecards of the demo",
            description =
                    "One result per trace up to the end of the last full simulated day; none before the first has ended.")
    @APIResponse(responseCode = "200", description = "Results so far")
    @APIResponse(responseCode = "204", description = "No demo runs here")
    public @Nullable DemoResults results() {
        return replay.progress().map(DemoResults::of).orElse(null);
    }

    /**
     * @param at simulated time of the results
     * @param day simulated days that have ended
     * @param days simulated days in all
     */
    record DemoResults(Instant at, int day, int days, List<ReplayResult> traces) {
        static DemoResults of(ReplayView.Progress progress) {
            return new DemoResults(
                    progress.now(),
                    progress.day(),
                    progress.days(),
                    progress.scorecards().stream().map(ReplayResult::of).toList());
        }
    }
}
