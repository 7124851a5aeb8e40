package dev.prescale.backtest.policy;

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
import dev.prescale.scaling.ScalingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint scaled by the production decision rule, on what a policy sees and expects. It does what the production cycle does,
 * without what only a forecast of its own needs.
 */
final class RuleScaler implements EndpointScaler {
    private final EndpointId id;
    private final WorkloadScale workloads;
    private final DecisionRule rule;
    private final Sizing sizing;
    private final SeenLoad load;
    private final Duration leadTime;
    private final ScalingMemory memory;
    private final boolean isTimeless;
    private @Nullable Settled settled;
    private @Nullable ScalingDecision latest;

    /** @param leadTime that a decision on a forecast names in its reasons */
    RuleScaler(
            EndpointId id,
            Duration leadTime,
            SeenLoad load,
            Sizing sizing,
            DecisionRule rule,
            WorkloadScale workloads) {
        this.id = id;
        this.workloads = workloads;
        this.rule = rule;
        this.sizing = sizing;
        this.load = load;
        this.leadTime = leadTime;
        this.memory = new ScalingMemory(sizing.policy());
        this.isTimeless = isTimeless(sizing.policy());
    }

    @Override
    public EndpointId id() {
        return id;
    }

    @Override
    public @Nullable ScalingDecision latest() {
        return latest;
    }

    @Override
    public void runCycle(Instant now) {
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
        ForecastView forecast = forecast(now);
        ScalingDecision decision = settled != null && settled.holdsFor(observation, forecast)
                ? settled.decision()
                : rule.decide(sizing.policy(), observation, forecast, memory.past(false), now);
        settled = isTimeless && isSettled(decision, reading) ? new Settled(observation, forecast, decision) : null;
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

    /** No limit had a say, and none will while the rules ask for the replicas that there are. */
    private static boolean isSettled(ScalingDecision decision, RateReading reading) {
        return reading instanceof RateReading.Known
                && decision.replicas() == decision.currentReplicas()
                && decision.recommended() == decision.currentReplicas();
    }

    /** A decision that is the same for as long as what it was made on is: cycles are more frequent than samples. */
    private record Settled(Observation observation, ForecastView forecast, ScalingDecision decision) {
        boolean holdsFor(Observation other, ForecastView otherForecast) {
            return observation.equals(other) && forecast.equals(otherForecast);
        }
    }

    private static boolean isTimeless(ScalingPolicy policy) {
        return policy.steps().isEmpty()
                && policy.schedules().isEmpty()
                && policy.bounds().breachPolicy() == ScalingPolicy.BreachPolicy.HONOR;
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
        double demand = sizing.forecast().rateAt(now) * sizing.forecastFactor();
        return Double.isNaN(demand)
                ? new ForecastView.Unavailable("too little history")
                : new ForecastView.Available(demand, demand, leadTime, true, false);
    }
}
