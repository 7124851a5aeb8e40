package dev.prescale.scaling;

import java.time.Instant;

/** One decision as a pure function of policy, observation, forecast, past and time. */
public interface DecisionRule {
    /**
     * Decides for the moment {@code now}. The same arguments give the same decision.
     *
     * @param past not later than {@code now}
     */
    ScalingDecision decide(
            ScalingPolicy policy, Observation observation, ForecastView forecast, ScalingHistory past, Instant now);
}
