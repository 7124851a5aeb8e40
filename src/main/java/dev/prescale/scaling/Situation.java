package dev.prescale.scaling;

import java.time.Instant;

/** Everything that one decision may look at. */
record Situation(
        ScalingPolicy policy, Observation observation, ForecastView forecast, ScalingHistory past, Instant now) {
    int currentReplicas() {
        return observation.currentReplicas();
    }

    ForecastState forecastState() {
        return ForecastState.of(policy.predictive(), forecast);
    }

    /** Whether target tracking on the request rate sizes replicas; see the table at {@link ForecastState}. */
    boolean targetTrackingCounts() {
        return forecastState() != ForecastState.TRUSTED
                || policy.predictive().combine() == ScalingPolicy.Combine.ADD_ONLY;
    }
}
