package dev.prescale.adapter.rest;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.NextPeak;
import dev.prescale.control.WorkloadScale;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ScalingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint after its last cycle. What is not known is null.
 *
 * @param scaleInPaused replicas are added, but none are taken away
 * @param at time of the cycle
 * @param requestRate of the newest full step, in loadUnit
 * @param recommendedReplicas what the rules asked for, before limits
 * @param leadTime in force, without the cycle
 * @param measuredLeadTime where it comes from
 * @param horizon how far ahead a forecast may be asked for
 * @param loadUnit of rates here and in the forecast: `req/s`, or `busyReplicas` where the capacity counts work
 * @param requestCosts what requests of each model were learned to cost, null where nothing is learned
 * @param paused decided and journalled, but nothing is changed until it is resumed; null where the replicas are not held
 * @param nextPeak the largest median of the forecast within the next day
 */
@Schema(name = "Endpoint", description = "State of an endpoint after its last cycle; null is not known, never 0.")
record EndpointState(
        String namespace,
        String name,
        String mode,
        boolean scaleInPaused,
        Instant at,
        @Nullable Double requestRate,
        HistoryState history,
        @Nullable Integer currentReplicas,
        @Nullable Integer readyReplicas,
        @Nullable Integer recommendedReplicas,
        int minReplicas,
        int maxReplicas,
        GateState gate,
        Duration leadTime,
        LeadTimeState measuredLeadTime,
        Duration horizon,
        String loadUnit,
        @Nullable CostState requestCosts,
        @Nullable SizingDemand leadTimeDemand,
        @Nullable Peak nextPeak,
        @Nullable LastDecision lastDecision,
        @Nullable PauseState paused,
        List<String> warnings) {
    static EndpointState of(EndpointSnapshot snapshot) {
        return of(snapshot, snapshot.spec().pausing());
    }

    /** @param pausing that is in force, which the last cycle need not have known */
    static EndpointState of(EndpointSnapshot snapshot, EndpointSpec.Pausing pausing) {
        WorkloadScale.Replicas replicas = snapshot.workload() instanceof WorkloadScale.Replicas known ? known : null;
        DecisionRecord latest = snapshot.latest();
        ScalingPolicy.ReplicaBounds bounds = snapshot.spec().policy().bounds();
        return new EndpointState(
                snapshot.spec().id().namespace(),
                snapshot.spec().id().name(),
                snapshot.spec().mode().wireName(),
                pausing.scaleInPaused(),
                snapshot.at(),
                Wire.rateOrNull(snapshot.requestRate()),
                HistoryState.of(snapshot),
                replicas == null ? null : replicas.currentReplicas(),
                replicas == null ? null : replicas.readyReplicas(),
                latest == null ? null : latest.decision().recommended(),
                bounds.minReplicas(),
                bounds.maxReplicas(),
                GateState.of(snapshot.gate()),
                snapshot.leadTime().duration(),
                LeadTimeState.of(snapshot.leadTime()),
                snapshot.spec().policy().predictive().horizon(),
                Wire.unit(snapshot.spec().policy().capacity()),
                CostState.of(snapshot),
                SizingDemand.of(snapshot),
                nextPeak(snapshot),
                latest == null ? null : LastDecision.of(latest),
                PauseState.of(pausing),
                snapshot.warnings());
    }

    private static @Nullable Peak nextPeak(EndpointSnapshot snapshot) {
        NextPeak peak = NextPeak.of(snapshot);
        return peak == null ? null : new Peak(peak.at(), peak.load());
    }

    /**
     * What the last read of the history came to.
     *
     * @param state {@code Samples}, {@code Empty}, {@code Stale} or {@code Failed}
     * @param message why, null where all is well
     * @param observedUntil end of the newest step with a sample
     * @param step of the endpoint's own grid
     */
    @Schema(name = "HistoryState")
    record HistoryState(
            String state,
            @Nullable String message,
            @Nullable Instant observedUntil,
            Duration step) {
        static HistoryState of(EndpointSnapshot snapshot) {
            int last = snapshot.history().lastSample();
            Instant until = last < 0 ? null : snapshot.history().instantAt(last + 1);
            Duration step = snapshot.history().step().duration();
            return switch (snapshot.requestRate()) {
                case RateReading.Known ignored -> new HistoryState("Samples", null, until, step);
                case RateReading.NoData none ->
                    new HistoryState(
                            "Empty",
                            none.reason() == null ? "The source answers and has no samples." : none.reason(),
                            until,
                            step);
                case RateReading.Stale stale ->
                    new HistoryState("Stale", "The newest sample is " + stale.age() + " old.", until, step);
                case RateReading.Failed failed -> new HistoryState("Failed", failed.reason(), until, step);
            };
        }
    }

    /**
     * The number that sizes replicas.
     *
     * @param window from now until what is ordered now has started
     * @param quantile sizing quantile
     * @param rate req/s
     * @param source who speaks: `direct`, `shared`, `seasonalGrowth`, `persistence`, `dayNaive`, `weekNaive` or `forecast`
     */
    @Schema(name = "LeadTimeDemand")
    record SizingDemand(Duration window, double quantile, double rate, String source) {
        static @Nullable SizingDemand of(EndpointSnapshot snapshot) {
            LeadTimeDemand demand = snapshot.leadTimeDemand();
            double quantile = snapshot.spec().policy().predictive().quantile();
            return demand == null || demand.levels().indexOf(quantile) < 0
                    ? null
                    : new SizingDemand(
                            demand.window(),
                            quantile,
                            demand.at(quantile),
                            demand.source().wireName());
        }
    }

    /** @param rate req/s */
    @Schema(name = "Peak")
    record Peak(Instant at, double rate) {}

    /**
     * The last decision in a line.
     *
     * @param message the sentence of the last reason of its trail
     */
    @Schema(name = "LastDecision")
    record LastDecision(Instant at, String action, int replicas, boolean acted, String message) {
        static LastDecision of(DecisionRecord latest) {
            List<Reason> trail = latest.decision().trail();
            return new LastDecision(
                    latest.at(),
                    latest.decision().action().wireName(),
                    latest.decision().replicas(),
                    latest.acted(),
                    trail.isEmpty() ? "" : trail.getLast().message());
        }
    }
}
