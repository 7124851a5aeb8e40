package dev.prescale.adapter.rest;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingPolicy;
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
    /** Eight cycles of 15 s: the control loop stands still, and its last number is no longer about the present. */
    private static final Duration OLDEST = Duration.ofMinutes(2);

    private static final Duration ONE_CYCLE = Duration.ofSeconds(15);

    private final EndpointLookup endpoints;
    private final InstantSource clock;

    MetricResource(EndpointLookup endpoints, InstantSource clock) {
        this.endpoints = endpoints;
        this.clock = clock;
    }

    @GET
    @Path("{namespace}/{name}/metric")
    @Operation(
            summary = "One number for KEDA's metrics-api scaler",
            description = "`demand`: req/s to serve within the lead time, the larger of the lead-time demand at the"
                    + " sizing quantile and the present rate. `replicas`: desired replicas of the last decision. A"
                    + " distrusted forecast (demand), missing history or a decision older than two minutes is a 503"
                    + " problem, never 0.")
    @Parameter(
            name = "metric",
            in = ParameterIn.QUERY,
            example = "demand",
            description = "`demand` (default) or `replicas`")
    @APIResponse(responseCode = "200", description = "The number")
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    @APIResponse(ref = ApiDocument.INVALID_INPUT, responseCode = "422")
    @APIResponse(ref = ApiDocument.NOT_YET, responseCode = "503")
    public MetricValue metric(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context UriInfo uri) {
        EndpointSnapshot snapshot = endpoints.snapshotOf(namespace, name);
        QueryParameters parameters = QueryParameters.of(uri, "metric");
        String metric = parameters.text("metric").orElse("demand");
        if (!metric.equals("demand") && !metric.equals("replicas")) {
            parameters.refuse("metric", metric, "must be demand or replicas");
        }
        parameters.throwIfInvalid();
        requireFresh(snapshot);
        double presentRate = presentRate(snapshot);
        return metric.equals("demand")
                ? new MetricValue(demand(snapshot, presentRate), metric, "req/s", snapshot.at())
                : new MetricValue(replicas(snapshot), metric, "replicas", snapshot.at());
    }

    private void requireFresh(EndpointSnapshot snapshot) {
        Duration age = Duration.between(snapshot.at(), clock.instant());
        if (age.compareTo(OLDEST) > 0) {
            throw unavailable("The last cycle of %s is %s old; at most %s counts."
                    .formatted(snapshot.spec().id(), age, OLDEST));
        }
    }

    private static double presentRate(EndpointSnapshot snapshot) {
        return switch (snapshot.requestRate()) {
            case RateReading.Known known -> known.value();
            case RateReading.NoData ignored -> throw unavailable("The history has no samples.");
            case RateReading.Stale stale -> throw unavailable("The newest sample is %s old.".formatted(stale.age()));
            case RateReading.Failed failed ->
                throw unavailable("The history cannot be read: %s".formatted(failed.reason()));
        };
    }

    private static double demand(EndpointSnapshot snapshot, double presentRate) {
        ScalingPolicy.Predictive predictive = snapshot.spec().policy().predictive();
        LeadTimeDemand demand = snapshot.leadTimeDemand();
        if (!predictive.enabled()) {
            throw unavailable("The forecast is switched off (predictive.enabled).");
        }
        if (demand == null) {
            throw unavailable("There is no lead-time demand yet. " + String.join(" ", snapshot.warnings()));
        }
        if (!snapshot.gate().isTrusted()) {
            throw unavailable("The forecast is distrusted since %s: it was worse than %s."
                    .formatted(snapshot.gate().since(), baselineOf(snapshot)));
        }
        return Math.max(presentRate, demand.at(predictive.quantile()));
    }

    private static String baselineOf(EndpointSnapshot snapshot) {
        String baseline = snapshot.gate().bestBaseline();
        return baseline.isEmpty() ? "its baselines, or has not been compared yet" : baseline;
    }

    private static double replicas(EndpointSnapshot snapshot) {
        DecisionRecord latest = snapshot.latest();
        if (latest == null) {
            throw unavailable("Nothing has been decided yet.");
        }
        return latest.decision().replicas();
    }

    private static ProblemException unavailable(String detail) {
        return ProblemException.ofUnavailable(detail.strip(), ONE_CYCLE);
    }
}
