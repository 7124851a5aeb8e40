package dev.prescale.forecast;

import java.util.List;

/** Who speaks for the lead-time demand, or is compared with it. */
public enum PeakSource {
    /** Quantiles regressed on the history of the endpoint itself. */
    DIRECT("direct"),
    /** A model fitted on other endpoints. */
    SHARED("shared"),
    /** The present level, growing as it did a day and a week ago; in place of a shared model. */
    SEASONAL_GROWTH("seasonalGrowth"),
    /** The forecast of days, of a rise out of next to nothing. */
    FORECAST("forecast"),
    /** The newest rate times the quantile of its past ratios to the peak that followed. */
    PERSISTENCE("persistence"),
    /** The peak over the same window a day ago, likewise. */
    DAY_NAIVE("dayNaive"),
    /** The peak over the same window a week ago, likewise. */
    WEEK_NAIVE("weekNaive");

    /** What the one who speaks is compared with to be trusted; it may be one of these. */
    public static final List<PeakSource> BASELINES = List.of(PERSISTENCE, DAY_NAIVE, WEEK_NAIVE);

    private final String wireName;

    PeakSource(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
