package dev.prescale.backtest.policy;

import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Combine;
import dev.prescale.scaling.ScalingPolicy.Predictive;

/**
 * How a policy has the production rule size replicas.
 *
 * @param seenFactor what the observed load is multiplied by before the rule sees it. It moves target tracking as another target
 *     utilization would, but is not bound to (0, 1]
 * @param forecastFactor what the forecast is multiplied by; the rule sizes it at full capacity
 */
record Sizing(ScalingPolicy policy, double seenFactor, LoadForecast forecast, double forecastFactor) {

    /** Target tracking alone. */
    static Sizing tracking(ScalingPolicy policy, double headroom) {
        return new Sizing(policy.withPredictive(policy.predictive().disabled()), headroom, LoadForecast.NONE, 1);
    }

    /**
     * The forecast at the target utilization, and at least the present load at full capacity; target tracking where there is no
     * forecast.
     */
    static Sizing forecastAlone(ScalingPolicy policy, double headroom, LoadForecast forecast) {
        return new Sizing(predictive(policy, Combine.CALIBRATED), 1, forecast, headroom / targetOf(policy));
    }

    /** The larger of target tracking and the forecast at the target utilization. */
    static Sizing trackingAndForecast(ScalingPolicy policy, double headroom, LoadForecast forecast) {
        return new Sizing(predictive(policy, Combine.ADD_ONLY), headroom, forecast, headroom / targetOf(policy));
    }

    /** The larger of target tracking and a forecast that has the headroom in it already: what expected replicas sustain. */
    static Sizing trackingAndReplicas(ScalingPolicy policy, double headroom, LoadForecast forecast) {
        return new Sizing(predictive(policy, Combine.ADD_ONLY), headroom, forecast, 1);
    }

    private static double targetOf(ScalingPolicy policy) {
        return policy.capacity().targetUtilization();
    }

    private static ScalingPolicy predictive(ScalingPolicy policy, Combine combine) {
        return policy.withPredictive(Predictive.DEFAULT.withCombine(combine));
    }
}
