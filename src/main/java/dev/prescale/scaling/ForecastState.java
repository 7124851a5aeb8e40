package dev.prescale.scaling;

/**
 * What the forecast is worth in this cycle, and with it which rules size replicas:
 *
 * <pre>
 * state         lead-time demand, present load   target tracking on the rate   metrics, steps, schedules
 * TRUSTED       yes                              only with AddOnly             yes
 * MISSED        yes                              yes                           yes
 * DISTRUSTED    no                               yes                           yes
 * UNAVAILABLE   no                               yes                           yes
 * DISABLED      no                               yes                           yes
 * </pre>
 *
 * A target utilization below 1 hides two headrooms in one number: the operating point, and insurance against growth
 * while replicas start. A trusted lead-time demand is that insurance, calibrated, so that target tracking is not needed
 * beside it.
 */
enum ForecastState {
    TRUSTED,
    /** More was observed than had been issued, within the surprise hold. */
    MISSED,
    DISTRUSTED,
    UNAVAILABLE,
    DISABLED;

    static ForecastState of(ScalingPolicy.Predictive predictive, ForecastView view) {
        if (!predictive.enabled()) {
            return DISABLED;
        }
        return switch (view) {
            case ForecastView.Disabled() -> DISABLED;
            case ForecastView.Unavailable unavailable -> UNAVAILABLE;
            case ForecastView.Available available when !available.trusted() -> DISTRUSTED;
            case ForecastView.Available available when available.missed() -> MISSED;
            case ForecastView.Available available -> TRUSTED;
        };
    }

    /** Whether the forecast and the present load size replicas. */
    boolean sizesReplicas() {
        return this == TRUSTED || this == MISSED;
    }
}
