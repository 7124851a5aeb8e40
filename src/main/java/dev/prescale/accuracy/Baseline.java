package dev.prescale.accuracy;

import dev.prescale.series.LocalSlots;
import dev.prescale.series.RateSeries;

/**
 * What anybody could have forecast: the last value, or the same local time of the last day or week that was known at the
 * origin (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.2). A gap takes the season before.
 */
enum Baseline {
    PERSISTENCE("persistence", 0),
    DAY_NAIVE("dayNaive", 1),
    WEEK_NAIVE("weekNaive", 7);

    private static final int LONGEST_HOLD_SECONDS = 3600;

    private final String wireName;
    private final int seasonDays;

    Baseline(String wireName, int seasonDays) {
        this.wireName = wireName;
        this.seasonDays = seasonDays;
    }

    String wireName() {
        return wireName;
    }

    /**
     * Rate (req/s) forecast for a step from what is known before the origin; {@code NaN} where the baseline has nothing to
     * say.
     *
     * @param slots local time of the steps of the series, up to the target at least
     */
    double rate(RateSeries series, LocalSlots slots, int origin, int target) {
        if (seasonDays == 0) {
            return lastKnown(series, origin);
        }
        int t = slots.daysEarlier(target, seasonDays);
        while (t >= 0 && (t >= origin || series.isGap(t))) {
            t = slots.daysEarlier(t, seasonDays);
        }
        return t >= 0 ? series.rateAt(t) : Double.NaN;
    }

    private static double lastKnown(RateSeries series, int origin) {
        int oldest = Math.max(0, origin - LONGEST_HOLD_SECONDS / series.step().seconds());
        int t = origin - 1;
        while (t >= oldest && series.isGap(t)) {
            t--;
        }
        return t >= oldest ? series.rateAt(t) : Double.NaN;
    }
}
