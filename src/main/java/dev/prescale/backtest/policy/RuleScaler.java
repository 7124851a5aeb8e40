package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Mode;
import dev.prescale.control.ScalingMemory;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.ForecastView;
import dev.prescale.scaling.Observation;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint scaled by the production decision rule, on what a policy sees and expects. It does what the production cycle does,
 * without what only a forecast of its own needs.
 */
final class RuleScaler {
    private final EndpointId id;
    private final WorkloadScale workloads;
    private final DecisionRule rule;
    private final Sizing sizing;
    private final SeenLoad load;
    private final Duration leadTime;
    private final ScalingMemory memory;
    private @Nullable ScalingDecision latest;

    RuleScaler(
            ReplaySetup.Endpoint endpoint, SeenLoad load, Sizing sizing, DecisionRule rule, WorkloadScale workloads) {
        this.id = endpoint.spec().id();
        this.workloads = workloads;
        this.rule = rule;
        this.sizing = sizing;
        this.load = load;
        this.leadTime = endpoint.startTime().p90();
        this.memory = new ScalingMemory(sizing.policy());
    }

    EndpointId id() {
        return id;
    }

    @Nullable
    ScalingDecision latest() {
        return latest;
    }

    /** Decides and carries out; nothing where the workload cannot be seen. */
    void runCycle(Instant now) {
        if (workloads.state(id, now) instanceof WorkloadScale.Replicas replicas) {
            runCycle(replicas, now);
        }
    }

    private void runCycle(WorkloadScale.Replicas replicas, Instant now) {
        RateReading reading = seen(now);
        Observation observation = new Observation(
                replicas.currentReplicas(),
                replicas.readyReplicas(),
                reading,
                Map.of(),
                replicas.pods(),
                replicas.rolloutInProgress(),
                Observation.Pause.NONE);
        ScalingDecision decision = rule.decide(sizing.policy(), observation, forecast(now), memory.past(false), now);
        if (reading instanceof RateReading.Known) {
            memory.clearFailures();
        } else {
            memory.countFailure();
        }
        boolean acted = decision.action() == ScalingDecision.Action.SCALE_TO
                && workloads.scaleTo(id, decision.replicas(), now) instanceof WorkloadScale.Scaled;
        memory.remember(
                new DecisionRecord(now, id, Mode.SCALE, decision, acted, "", Double.NaN, replicas.readyReplicas()),
                observation);
        latest = decision;
    }

    private RateReading seen(Instant now) {
        RateReading reading = load.readingAt(now);
        return reading instanceof RateReading.Known(double rate)
                ? new RateReading.Known(rate * sizing.seenFactor())
                : reading;
    }

    private ForecastView forecast(Instant now) {
        if (!sizing.policy().predictive().enabled()) {
            return new ForecastView.Disabled();
        }
        double demand = sizing.forecast().demandAt(now);
        return Double.isNaN(demand)
                ? new ForecastView.Unavailable("too little history")
                : new ForecastView.Available(demand, demand, leadTime, true, false);
    }

    /** Scales every endpoint of a replay by a rule. */
    static RuleController all(ReplaySetup setup, WorkloadScale workloads, DecisionRule rule, SizingOf sizings) {
        List<RuleScaler> scalers = setup.endpoints().stream()
                .map(endpoint -> {
                    SeenLoad load = SeenLoad.of(endpoint);
                    return new RuleScaler(endpoint, load, sizings.of(endpoint, load), rule, workloads);
                })
                .toList();
        return new RuleController(scalers);
    }

    /** How a policy sizes the replicas of an endpoint. */
    @FunctionalInterface
    interface SizingOf {
        Sizing of(ReplaySetup.Endpoint endpoint, SeenLoad load);
    }
}
