package dev.prescale.backtest.policy;

import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Combine;
import dev.prescale.scaling.ScalingPolicy.Predictive;

/**
 * How a policy has the production rule size replicas.
 *
 * @param seenFactor what the observed load is multiplied by before the rule sees it. It moves target tracking as another target
 *     utilization would, but is not bound to (0, 1]
 */
record Sizing(ScalingPolicy policy, double seenFactor, LoadForecast forecast) {

    /** Target tracking alone. */
    static Sizing tracking(ScalingPolicy policy, double headroom) {
        return new Sizing(policy.withPredictive(policy.predictive().disabled()), headroom, LoadForecast.NONE);
    }

    /** The forecast, and at least the present load at full capacity; target tracking where there is no forecast. */
    static Sizing forecastAlone(ScalingPolicy policy, LoadForecast forecast) {
        return new Sizing(predictive(policy, Combine.CALIBRATED), 1, forecast);
    }

    /** The larger of target tracking and the forecast. */
    static Sizing trackingAndForecast(ScalingPolicy policy, double headroom, LoadForecast forecast) {
        return new Sizing(predictive(policy, Combine.ADD_ONLY), headroom, forecast);
    }

    private static ScalingPolicy predictive(ScalingPolicy policy, Combine combine) {
        return policy.withPredictive(Predictive.DEFAULT.withCombine(combine));
    }
}
