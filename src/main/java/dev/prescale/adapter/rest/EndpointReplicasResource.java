package dev.prescale.adapter.rest;

import dev.prescale.backtest.policy.TrackingReplay;
import dev.prescale.config.Settings;
import dev.prescale.control.DecisionLog;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.scaling.DecisionRule;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Replicas over time: what was decided, what served, and what target tracking alone would have had. */
@Path("/api/v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Endpoints")
@PerCycle
class EndpointReplicasResource {
    private final EndpointLookup endpoints;
    private final DecisionLog journal;
    private final DecisionRule rule;
    private final ComputeSlots slots;
    private final Duration cycle;

    EndpointReplicasResource(
            EndpointLookup endpoints, DecisionLog journal, DecisionRule rule, ComputeSlots slots, Settings settings) {
        this.endpoints = endpoints;
        this.journal = journal;
        this.rule = rule;
        this.slots = slots;
        this.cycle = settings.cycleInterval();
    }

    @GET
    @Path("{namespace}/{name}/replicas")
    @Operation(
            operationId = "getReplicas",
            summary = "Show the replicas of an endpoint over time",
            description =
                    "Entry k of each list is what was in force at start + k * step; null is not known, or not yet."
                            + " `decided` and `ready` are of the journal. `targetTracking` replays the endpoint's own specification"
                            + " over the observed history without forecast, by the rule that decides in production, on replicas"
                            + " that are ready at once; metrics beside the request rate and steps on them are left out.")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            example = "2024-01-01T00:00:00Z",
            description = "Default: 24 hours before `to`")
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            example = "2024-01-02T00:00:00Z",
            description = "Default: the last cycle")
    @Parameter(
            name = "step",
            in = ParameterIn.QUERY,
            example = "PT10M",
            description = "A whole multiple of the endpoint's own step, which is the default")
    @APIResponse(responseCode = "200", description = "Replicas by step")
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    @APIResponse(ref = ApiDocument.INVALID_INPUT, responseCode = "422")
    @APIResponse(ref = ApiDocument.NOT_YET, responseCode = "503")
    public EndpointReplicas replicas(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context UriInfo uri) {
        EndpointSnapshot snapshot = endpoints.snapshotOf(namespace, name);
        PastSteps steps = PastSteps.of(uri, snapshot);
        return slots.compute(() -> replay(snapshot, steps));
    }

    private EndpointReplicas replay(EndpointSnapshot snapshot, PastSteps steps) {
        Instant now = snapshot.at();
        var journalled = JournalledReplicas.of(
                journal, snapshot.spec().id(), steps.start(), earlier(steps.to(), now.plusMillis(1)));
        var tracking = TrackingReplay.of(
                snapshot.spec(), rule, snapshot.history(), cycle, steps.start(), earlier(steps.to(), now));
        List<@Nullable Integer> decided = new ArrayList<>();
        List<@Nullable Integer> ready = new ArrayList<>();
        List<@Nullable Integer> tracked = new ArrayList<>();
        steps.forEach(at -> {
            boolean isPast = !at.isAfter(now);
            DecisionRecord record = isPast ? journalled.at(at) : null;
            OptionalInt replicas = isPast ? tracking.at(at) : OptionalInt.empty();
            decided.add(record == null ? null : record.decision().replicas());
            ready.add(record == null ? null : record.readyReplicas());
            tracked.add(replicas.isPresent() ? replicas.getAsInt() : null);
        });
        return new EndpointReplicas(
                snapshot.spec().id().toString(), steps.start(), steps.step().duration(), decided, ready, tracked);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
