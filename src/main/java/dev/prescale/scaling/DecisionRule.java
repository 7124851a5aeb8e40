package dev.prescale.scaling;

import java.time.Instant;

/** One decision as a pure function of policy, observation, forecast, past and time. */
public interface DecisionRule {
    ScalingDecision decide(
            ScalingPolicy policy, Observation observation, ForecastView forecast, ScalingHistory past, Instant now);
}
